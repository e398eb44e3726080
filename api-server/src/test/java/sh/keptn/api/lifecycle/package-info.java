/** Tests of what is told of projects and services. */
@NullMarked
package sh.keptn.api.lifecycle;

import org.jspecify.annotations.NullMarked;
