/** What clients ask about runs of sequences, and what they tell them; the engine that runs them is not there yet. */
@NullMarked
package sh.keptn.api.sequence;

import org.jspecify.annotations.NullMarked;
