/** The words of Keptn as values that are valid by construction: names, paths, commit ids, shipyards. Knows neither Git nor Kubernetes nor HTTP. */
@NullMarked
package sh.keptn.core.model;

import org.jspecify.annotations.NullMarked;
