package sh.keptn.operator.project;

import java.util.Optional;
import sh.keptn.core.config.PathPrefix;

/**
 * What holds for the webhooks of all projects.
 *
 * @param sharedSecret of projects that have no Secret of their own for this
 * @param prefix of the API's paths, where the API server serves them below one
 */
public record Webhooks(Optional<String> sharedSecret, PathPrefix prefix) {}
