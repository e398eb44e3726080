/** Tells of projects and services that come and go, as Keptn's events, whichever door they came through, once. */
@NullMarked
package sh.keptn.api.lifecycle;

import org.jspecify.annotations.NullMarked;
