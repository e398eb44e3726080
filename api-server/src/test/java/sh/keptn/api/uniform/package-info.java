/** Tests of integrations and their subscriptions. */
@NullMarked
package sh.keptn.api.uniform;

import org.jspecify.annotations.NullMarked;
