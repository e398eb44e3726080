/** Tests of events and the contract of the event store. */
@NullMarked
package sh.keptn.api.event;

import org.jspecify.annotations.NullMarked;
