/** The one process with what Keptn needs beside it on one machine, and where that says whether it is ready. */
@NullMarked
package sh.keptn.local.backends;

import org.jspecify.annotations.NullMarked;
