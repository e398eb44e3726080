/** Import of a config package: a zip whose manifest says which services, secrets, subscriptions and files to make. */
@NullMarked
package sh.keptn.api.imports;

import org.jspecify.annotations.NullMarked;
