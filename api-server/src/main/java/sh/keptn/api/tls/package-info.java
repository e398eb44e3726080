/** The certificate that clients see, read from files and read again when they change. Which port uses it is no matter here. */
@NullMarked
package sh.keptn.api.tls;

import org.jspecify.annotations.NullMarked;
