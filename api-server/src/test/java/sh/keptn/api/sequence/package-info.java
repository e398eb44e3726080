@NullMarked
package sh.keptn.api.sequence;

import org.jspecify.annotations.NullMarked;
