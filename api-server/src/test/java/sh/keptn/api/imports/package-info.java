/** Tests of the templates of config packages. */
@NullMarked
package sh.keptn.api.imports;

import org.jspecify.annotations.NullMarked;
