/** What {@code ./keptn-local} does with a cluster: install Keptn into it, hand out its accounts, wait. */
@NullMarked
package sh.keptn.local.cluster;

import org.jspecify.annotations.NullMarked;
