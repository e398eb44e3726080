package sh.keptn.core.git;

/**
 * Where upstreams may live, checked on the address that is really connected to. Link-local and cloud metadata addresses
 * are refused always.
 *
 * @param loopbackAllowed for a system on one machine
 * @param privateAllowed whether private ranges (RFC 1918, RFC 4193) may be connected to
 */
public record AddressPolicy(boolean loopbackAllowed, boolean privateAllowed) {}
