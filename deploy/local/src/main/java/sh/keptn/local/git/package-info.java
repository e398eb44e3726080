/**
 * A small Git server over smart HTTP that also provisions upstreams and announces pushes, for a system on one machine and
 * for tests. Knows nothing of projects beyond their names.
 */
@NullMarked
package sh.keptn.local.git;

import org.jspecify.annotations.NullMarked;
