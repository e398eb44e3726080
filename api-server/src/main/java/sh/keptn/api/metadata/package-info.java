/** What clients ask first: the version, and whether projects can be made without a repository of one's own. */
@NullMarked
package sh.keptn.api.metadata;

import org.jspecify.annotations.NullMarked;
