/** Tests of the streams of events. */
@NullMarked
package sh.keptn.api.event.stream;

import org.jspecify.annotations.NullMarked;
