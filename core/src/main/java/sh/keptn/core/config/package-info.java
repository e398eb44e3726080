/** Reading a process's settings from its environment, once, with an error that names the variable. */
@NullMarked
package sh.keptn.core.config;

import org.jspecify.annotations.NullMarked;
