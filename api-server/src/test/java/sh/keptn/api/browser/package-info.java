/** A real browser for tests, driven over its DevTools protocol, and a reverse proxy to stand before the server. */
@NullMarked
package sh.keptn.api.browser;

import org.jspecify.annotations.NullMarked;
