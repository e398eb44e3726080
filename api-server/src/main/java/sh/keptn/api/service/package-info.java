/** The services of a project, as Keptn's clients read, make and remove them. */
@NullMarked
package sh.keptn.api.service;

import org.jspecify.annotations.NullMarked;
