/** Every failure that a caller can meet, as one closed set. How a failure looks over HTTP or in a condition is decided elsewhere. */
@NullMarked
package sh.keptn.core.error;

import org.jspecify.annotations.NullMarked;
