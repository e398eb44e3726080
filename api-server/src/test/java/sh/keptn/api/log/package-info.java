/** Tests of the log. */
@NullMarked
package sh.keptn.api.log;

import org.jspecify.annotations.NullMarked;
