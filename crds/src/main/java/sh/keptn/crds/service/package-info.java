/** The kind KeptnService: its spec and status as records, their schema as annotations. */
@NullMarked
package sh.keptn.crds.service;

import org.jspecify.annotations.NullMarked;
