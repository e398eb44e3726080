/** Log entries in MongoDB. */
@NullMarked
package sh.keptn.api.log.mongo;

import org.jspecify.annotations.NullMarked;
