@NullMarked
package sh.keptn.api.evaluation;

import org.jspecify.annotations.NullMarked;
