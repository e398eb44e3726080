/** Tests of the log on the wire. */
@NullMarked
package sh.keptn.api.log.mongo;

import org.jspecify.annotations.NullMarked;
