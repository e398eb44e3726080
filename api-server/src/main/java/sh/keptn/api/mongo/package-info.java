/** The one connection to MongoDB that every store of this server shares, and its failures in the words of this system. */
@NullMarked
package sh.keptn.api.mongo;

import org.jspecify.annotations.NullMarked;
