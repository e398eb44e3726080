/** What is written to Kubernetes besides a status: annotations of our own resources, and events. */
@NullMarked
package sh.keptn.operator.cluster;

import org.jspecify.annotations.NullMarked;
