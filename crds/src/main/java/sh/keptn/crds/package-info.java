/** What the kinds of group {@code keptn.sh} share: annotations, labels, conditions. Types only; nothing here acts. */
@NullMarked
package sh.keptn.crds;

import org.jspecify.annotations.NullMarked;
