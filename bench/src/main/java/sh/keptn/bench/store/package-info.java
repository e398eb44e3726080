/** The Git store by itself, without REST: it shows how much of a figure is Git and how much the way to it. */
@NullMarked
package sh.keptn.bench.store;

import org.jspecify.annotations.NullMarked;
