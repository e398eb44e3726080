/** Tests of the event store over the wire. */
@NullMarked
package sh.keptn.api.event.mongo;

import org.jspecify.annotations.NullMarked;
