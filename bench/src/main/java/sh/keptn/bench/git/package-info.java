/** Git as people use it by hand: the baseline, and the judge of what really reached the upstream. */
@NullMarked
package sh.keptn.bench.git;

import org.jspecify.annotations.NullMarked;
