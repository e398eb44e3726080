package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;

/**
 * The host keys that one project trusts, in the form of OpenSSH's {@code known_hosts}, hashed names included. A host
 * that is not in it is refused; nothing is ever learned.
 */
final class KnownHosts implements ServerKeyDatabase {
    private static final String REVOKED = "revoked";

    private final List<KnownHostEntry> entries;
    private final String host;
    private final int port;
    private final CheckedAddresses addresses;
    private volatile boolean refusedKey;
    private volatile boolean refusedAddress;

    KnownHosts(String text, String host, int port, CheckedAddresses addresses) {
        try {
            this.entries = KnownHostEntry.readKnownHostEntries(new StringReader(text), true);
        } catch (IOException | RuntimeException e) {
            throw KeptnException.invalid("known_hosts", "is not in the form of OpenSSH's known_hosts");
        }
        this.host = host;
        this.port = port;
        this.addresses = addresses;
    }

    /** Whether a connection ended because of its host key. */
    boolean refusedKey() {
        return refusedKey;
    }

    /** Whether a connection ended because of where it led. */
    boolean refusedAddress() {
        return refusedAddress;
    }

    @Override
    public List<PublicKey> lookup(String address, InetSocketAddress remote, Configuration configuration) {
        return keys(false);
    }

    @Override
    public boolean accept(
            String address,
            InetSocketAddress remote,
            PublicKey key,
            Configuration configuration,
            @Nullable CredentialsProvider provider) {
        if (remote.getAddress() == null || !addresses.allows(remote.getAddress())) {
            refusedAddress = true;
            return false;
        }
        boolean known = holds(keys(false), key) && !holds(keys(true), key);
        refusedKey = !known;
        return known;
    }

    private static boolean holds(List<PublicKey> keys, PublicKey key) {
        return keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
    }

    private List<PublicKey> keys(boolean revoked) {
        List<PublicKey> keys = new ArrayList<>();
        for (KnownHostEntry entry : entries) {
            String marker = entry.getMarker() == null ? "" : entry.getMarker();
            boolean wanted = revoked ? marker.equals(REVOKED) : marker.isEmpty();
            if (wanted && entry.isHostMatch(host, port)) {
                keyOf(entry).ifPresent(keys::add);
            }
        }
        return keys;
    }

    /** A line of a kind that is not known here trusts nobody. */
    private static Optional<PublicKey> keyOf(KnownHostEntry entry) {
        try {
            return Optional.ofNullable(entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING));
        } catch (IOException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
