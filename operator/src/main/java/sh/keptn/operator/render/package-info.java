/** Makes Kubernetes objects from the bytes of a service's folder. Knows neither the cluster nor Git's history. */
@NullMarked
package sh.keptn.operator.render;

import org.jspecify.annotations.NullMarked;
