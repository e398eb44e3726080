/** How much happened: Keptn's statistics, out of the counts of events. */
@NullMarked
package sh.keptn.api.statistics;

import org.jspecify.annotations.NullMarked;
