/** Tests of the embedded store over its wire protocol. */
@NullMarked
package sh.keptn.local.store;

import org.jspecify.annotations.NullMarked;
