/**
 * What {@code keptn-local} needs from Java before anything is built: keys, free ports, waiting.
 *
 * <p>The script compiles this package alone, so nothing but the JDK may be used here.
 */
@NullMarked
package sh.keptn.local.machine;

import org.jspecify.annotations.NullMarked;
