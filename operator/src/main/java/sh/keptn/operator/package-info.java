/** The operator's process: its settings, its start and its end. The only place that puts its parts together. */
@NullMarked
package sh.keptn.operator;

import org.jspecify.annotations.NullMarked;
