/**
 * The store on JGit: bare mirrors, commits built in memory, pushes that share a request. The only place that knows JGit;
 * no type of it leaves here.
 */
@NullMarked
package sh.keptn.core.git.jgit;

import org.jspecify.annotations.NullMarked;
