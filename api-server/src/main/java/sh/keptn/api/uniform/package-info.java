/**
 * Keptn's uniform: which integrations are there, when they were last heard of, and which events each wants. What they are
 * to do is asked for elsewhere, event type by event type.
 */
@NullMarked
package sh.keptn.api.uniform;

import org.jspecify.annotations.NullMarked;
