/** The Kubernetes cluster that Keptn runs on, as its administrator sees it. */
@NullMarked
package sh.keptn.bench.cluster;

import org.jspecify.annotations.NullMarked;
