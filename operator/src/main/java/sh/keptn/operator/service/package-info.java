/** KeptnService: a folder on every stage, made once. */
@NullMarked
package sh.keptn.operator.service;

import org.jspecify.annotations.NullMarked;
