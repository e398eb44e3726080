/**
 * The HTTP edge: routing on the raw path, limits, JSON, paging, and the one place that knows status codes. What the
 * collections do belongs into their own packages; nothing here knows projects, Git or Kubernetes.
 */
@NullMarked
package sh.keptn.api.http;

import org.jspecify.annotations.NullMarked;
