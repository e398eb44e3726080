/** Measures a running system, row by row, each beside its baseline in the same run. */
@NullMarked
package sh.keptn.bench;

import org.jspecify.annotations.NullMarked;
