package sh.keptn.core.git.jgit;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import sh.keptn.core.git.AddressPolicy;

/**
 * Resolves names and hands on only the addresses that the policy allows. Whoever connects connects to exactly these, so
 * a name that resolves differently a moment later gains nothing.
 */
final class CheckedAddresses implements DnsResolver {
    private final AddressPolicy policy;

    CheckedAddresses(AddressPolicy policy) {
        this.policy = policy;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] allowed = Arrays.stream(InetAddress.getAllByName(host))
                .filter(this::allows)
                .toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new AddressRefused();
        }
        return allowed;
    }

    /**
     * Whether a proxy may be asked to connect to a host. Which address it takes is its affair, so all that are known
     * must be allowed; a name that only the proxy can resolve is left to it.
     */
    void requireAllowedBeyondProxy(String host) throws UnknownHostException {
        InetAddress[] known;
        try {
            known = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return;
        }
        if (!Arrays.stream(known).allMatch(this::allows)) {
            throw new AddressRefused();
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    boolean allows(InetAddress address) {
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        if (address.isLoopbackAddress()) {
            return policy.loopbackAllowed();
        }
        if (isMetadataService(address)) {
            return false;
        }
        return policy.privateAllowed() || !isPrivate(address);
    }

    /** Cloud metadata beside the link-local ones: Alibaba's 100.100.100.200, and AWS's fd00:ec2::254. */
    private static boolean isMetadataService(InetAddress address) {
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address four -> bytes[0] == 100 && bytes[1] == 100 && bytes[2] == 100 && (bytes[3] & 0xff) == 200;
            case Inet6Address six ->
                (bytes[0] & 0xff) == 0xfd && bytes[1] == 0 && bytes[2] == 0x0e && (bytes[3] & 0xff) == 0xc2;
            default -> false;
        };
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedAddressSpace = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isSiteLocalAddress() || uniqueLocal || sharedAddressSpace;
    }
}
