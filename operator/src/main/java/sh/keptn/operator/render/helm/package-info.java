/**
 * Renders charts with Helm's own engine, in a process apart that holds nothing worth stealing and can be ended at any
 * moment.
 */
@NullMarked
package sh.keptn.operator.render.helm;

import org.jspecify.annotations.NullMarked;
