/**
 * Keptn's events: what comes in, what is asked for, and the port behind which they are kept. Which database keeps them
 * is the business of the packages below.
 */
@NullMarked
package sh.keptn.api.event;

import org.jspecify.annotations.NullMarked;
