/** Brings rendered objects into the cluster, knows what is ours there, and takes away what is asked for no more. */
@NullMarked
package sh.keptn.operator.apply;

import org.jspecify.annotations.NullMarked;
