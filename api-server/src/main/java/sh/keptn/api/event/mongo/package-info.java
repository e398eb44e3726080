/** The event store in MongoDB: one collection, one document per event. The only place that knows the driver. */
@NullMarked
package sh.keptn.api.event.mongo;

import org.jspecify.annotations.NullMarked;
