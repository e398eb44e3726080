/** The whole system on one machine, started by the script that users start it with, and used through its three doors. */
@NullMarked
package sh.keptn.e2e;

import org.jspecify.annotations.NullMarked;
