/**
 * A small Git server over smart HTTP that also provisions upstreams, for a system on one machine and for tests. Speaks
 * only Git and Keptn's provisioner protocol; knows nothing of projects beyond their names.
 */
@NullMarked
package sh.keptn.local.git;

import org.jspecify.annotations.NullMarked;
