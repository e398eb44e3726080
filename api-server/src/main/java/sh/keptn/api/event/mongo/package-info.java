/** The event store in MongoDB: one collection, one document per event. */
@NullMarked
package sh.keptn.api.event.mongo;

import org.jspecify.annotations.NullMarked;
