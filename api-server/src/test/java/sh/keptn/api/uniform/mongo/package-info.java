/** Tests of registrations on the wire. */
@NullMarked
package sh.keptn.api.uniform.mongo;

import org.jspecify.annotations.NullMarked;
