/** Keptn's resource-service: files of a project, a stage or a service, which stand in Git and nowhere else. */
@NullMarked
package sh.keptn.api.resource;

import org.jspecify.annotations.NullMarked;
