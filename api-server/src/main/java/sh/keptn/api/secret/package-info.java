/** Keptn's secret-service: secrets for integrations, kept as Kubernetes Secrets; their values go in and never come out. */
@NullMarked
package sh.keptn.api.secret;

import org.jspecify.annotations.NullMarked;
