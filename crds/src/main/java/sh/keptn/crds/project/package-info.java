/** The kind KeptnProject: its spec and status as records, their schema as annotations. */
@NullMarked
package sh.keptn.crds.project;

import org.jspecify.annotations.NullMarked;
