/** The API's documents, one for each of Keptn's collections, and the page that shows them and lets them be tried out. */
@NullMarked
package sh.keptn.api.docs;

import org.jspecify.annotations.NullMarked;
