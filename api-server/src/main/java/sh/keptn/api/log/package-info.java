/** What integrations report of their work: kept for some days, read newest first. */
@NullMarked
package sh.keptn.api.log;

import org.jspecify.annotations.NullMarked;
