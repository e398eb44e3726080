/** The system under test, through its REST API. */
@NullMarked
package sh.keptn.bench.keptn;

import org.jspecify.annotations.NullMarked;
