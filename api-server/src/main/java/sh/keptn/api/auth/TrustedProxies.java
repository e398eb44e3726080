package sh.keptn.api.auth;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxies whose word about a caller's address is taken. From any other peer {@code X-Forwarded-For} is only text
 * that the caller wrote.
 */
public final class TrustedProxies {
    private static final Pattern NUMERIC =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*");

    private final List<Range> ranges;

    private TrustedProxies(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads addresses and ranges in CIDR form, separated by commas; blank trusts nobody.
     *
     * @throws IllegalArgumentException for anything that is neither
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(Range::parse)
                .toList());
    }

    /** The last address in the chain that is no trusted proxy: what stands before it, its owner may have invented. */
    String caller(String peer, Optional<String> forwardedFor) {
        if (!trusts(peer) || forwardedFor.isEmpty()) {
            return peer;
        }
        List<String> chain = Arrays.stream(forwardedFor.get().split(",", -1))
                .map(String::strip)
                .toList();
        for (String address : chain.reversed()) {
            if (!NUMERIC.matcher(address).matches()) {
                return peer;
            }
            if (!trusts(address)) {
                return address;
            }
        }
        return peer;
    }

    private boolean trusts(String address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private record Range(List<Byte> network, int bits) {
        static Range parse(String entry) {
            String[] parts = entry.split("/", 2);
            byte[] address = numeric(parts[0])
                    .orElseThrow(() -> new IllegalArgumentException("'" + entry + "' is no address and no range"));
            int most = address.length * 8;
            int bits;
            try {
                bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + entry + "' is no address and no range", e);
            }
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("'" + entry + "' is no address and no range");
            }
            return new Range(boxed(address), bits);
        }

        boolean holds(String text) {
            Optional<byte[]> address = numeric(text);
            if (address.isEmpty() || address.get().length != network.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address.get()[bit / 8] & mask) != (network.get(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static List<Byte> boxed(byte[] bytes) {
            Byte[] boxed = new Byte[bytes.length];
            Arrays.setAll(boxed, i -> bytes[i]);
            return List.of(boxed);
        }

        /** Only numeric forms: no name is ever looked up. */
        private static Optional<byte[]> numeric(String text) {
            if (!NUMERIC.matcher(text).matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(InetAddress.ofLiteral(text).getAddress());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
