/** The processes of the running system: how they were started, their memory, starting them again. */
@NullMarked
package sh.keptn.bench.process;

import org.jspecify.annotations.NullMarked;
