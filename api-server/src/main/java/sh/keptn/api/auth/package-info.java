/** Who may come in: the token, where it comes from, and what becomes of those who guess. */
@NullMarked
package sh.keptn.api.auth;

import org.jspecify.annotations.NullMarked;
