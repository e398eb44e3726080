/** Tests of webhooks. */
@NullMarked
package sh.keptn.api.hook;

import org.jspecify.annotations.NullMarked;
