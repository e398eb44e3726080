/** What was measured, as a table with ratios and goals, and the machine it was measured on. */
@NullMarked
package sh.keptn.bench.report;

import org.jspecify.annotations.NullMarked;
