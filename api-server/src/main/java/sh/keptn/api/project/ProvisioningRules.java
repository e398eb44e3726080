package sh.keptn.api.project;

/**
 * What holds for upstreams that a provisioner makes.
 *
 * @param provisions whether a project may be made without credentials
 * @param hidesAddress whether answers leave out where a provisioned upstream is, and who logs in there
 */
public record ProvisioningRules(boolean provisions, boolean hidesAddress) {}
