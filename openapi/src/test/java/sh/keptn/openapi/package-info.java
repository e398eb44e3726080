/** The served documents are accepted by parsers and say what the hand-written ones say. */
@NullMarked
package sh.keptn.openapi;

import org.jspecify.annotations.NullMarked;
