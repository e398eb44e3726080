/** An event store on the MongoDB wire protocol that needs no installation: for trials on one machine, never for production. */
@NullMarked
package sh.keptn.local.store;

import org.jspecify.annotations.NullMarked;
