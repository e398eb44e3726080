/** Asking a provisioner for a repository, by Keptn's protocol. */
@NullMarked
package sh.keptn.operator.provision;

import org.jspecify.annotations.NullMarked;
