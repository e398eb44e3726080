/** The stages of a project, as Keptn's clients read them; they are made and ordered by the shipyard alone. */
@NullMarked
package sh.keptn.api.stage;

import org.jspecify.annotations.NullMarked;
