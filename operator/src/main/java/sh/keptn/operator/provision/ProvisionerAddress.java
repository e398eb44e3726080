package sh.keptn.operator.provision;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import sh.keptn.core.config.Secret;

/**
 * Where the provisioner is.
 *
 * @param repository its one resource
 * @param authorization from a login in the address, as Keptn's client sends it; never in the address itself
 */
public record ProvisionerAddress(URI repository, Optional<Secret> authorization) {
    /**
     * The base URL as it is configured.
     *
     * @throws IllegalArgumentException that does not quote it, for it may hold a password
     */
    public static ProvisionerAddress of(String base) {
        try {
            URI given = new URI(base);
            String scheme = Optional.ofNullable(given.getScheme()).orElse("");
            if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                    || given.getHost() == null
                    || given.getRawQuery() != null
                    || given.getRawFragment() != null) {
                throw notUsable();
            }
            String path = Optional.ofNullable(given.getPath()).orElse("").replaceAll("/+$", "") + "/repository";
            return new ProvisionerAddress(
                    new URI(scheme, null, given.getHost(), given.getPort(), path, null, null),
                    Optional.ofNullable(given.getUserInfo()).map(ProvisionerAddress::basic));
        } catch (URISyntaxException e) {
            // Without its cause, which quotes the address.
            throw notUsable();
        }
    }

    private static Secret basic(String login) {
        return new Secret("Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static IllegalArgumentException notUsable() {
        return new IllegalArgumentException("must be an address like https://host/path, without query and fragment");
    }
}
