/** Registrations in MongoDB: one document per integration, its subscriptions in it, changed by atomic updates alone. */
@NullMarked
package sh.keptn.api.uniform.mongo;

import org.jspecify.annotations.NullMarked;
