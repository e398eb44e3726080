/** Certificates in files, good ones and others. */
@NullMarked
package sh.keptn.api.tls;

import org.jspecify.annotations.NullMarked;
