/** Clients in a closed loop, two sides in turn, and the statistics of what they took. */
@NullMarked
package sh.keptn.bench.measure;

import org.jspecify.annotations.NullMarked;
