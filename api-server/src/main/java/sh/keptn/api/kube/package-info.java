/** The cluster as the API server sees it: watched resources of one namespace, and a live look where the watch may lag. */
@NullMarked
package sh.keptn.api.kube;

import org.jspecify.annotations.NullMarked;
