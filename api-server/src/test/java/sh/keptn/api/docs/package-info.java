/** The API's documents as tests use them: every answer of every integration test is checked against them. */
@NullMarked
package sh.keptn.api.docs;

import org.jspecify.annotations.NullMarked;
