/**
 * Runs in the build and never in the server: makes from the hand-written OpenAPI documents those that are served. What
 * the API does is said in the hand-written ones alone.
 */
@NullMarked
package sh.keptn.openapi;

import org.jspecify.annotations.NullMarked;
