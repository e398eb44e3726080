/** Keptn's project operations: REST bodies in, KeptnProject resources and their Secrets out. */
@NullMarked
package sh.keptn.api.project;

import org.jspecify.annotations.NullMarked;
