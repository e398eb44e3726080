/** The store against real Git servers. */
@NullMarked
package sh.keptn.core.git.jgit;

import org.jspecify.annotations.NullMarked;
