package sh.keptn.operator.provision;

import sh.keptn.core.config.Secret;
import sh.keptn.core.git.GitUrl;

/** A repository as the provisioner hands it out. */
public record ProvisionedRepository(GitUrl url, String user, Secret token) {}
