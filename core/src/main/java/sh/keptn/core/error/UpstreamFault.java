package sh.keptn.core.error;

/** Why a Git upstream did not do what was asked: the taxonomy that conditions and status codes are made of. */
public enum UpstreamFault {
    /** The host's name does not resolve. */
    DNS,
    /** Nobody accepts connections at the address, or the connection broke. */
    CONNECT,
    /** No answer within the time allowed. */
    TIMEOUT,
    /** The TLS handshake failed: unknown authority, wrong host, expired certificate. */
    TLS,
    /** The SSH host key is unknown or has changed. */
    HOST_KEY,
    /** The proxy is down, refuses, or wants other credentials. */
    PROXY,
    /** The credentials are missing, wrong or not sufficient. */
    AUTH,
    /** The host answers that no such repository exists. */
    NOT_FOUND,
    /** Something answers at the address, but it does not speak Git. */
    NOT_A_REPOSITORY,
    /** The address is one that this installation refuses to connect to. */
    ADDRESS_REFUSED,
    /** The host sent us elsewhere: to another host, or from https to http. */
    REDIRECT,
    /** The host is there and fails, or asks to come back later. */
    UNAVAILABLE,
    /** The server took the push and refused it: a protected branch or a hook. */
    REJECTED,
    /** Others moved the branch faster than the bounded retries could follow. */
    DIVERGED,
    /** The repository or an object in it is above the limits of this installation. */
    TOO_LARGE;

    /** Whether the same request can succeed later without anybody mending anything. */
    public boolean passing() {
        return switch (this) {
            case DNS, CONNECT, TIMEOUT, PROXY, UNAVAILABLE, DIVERGED -> true;
            case TLS, HOST_KEY, AUTH, NOT_FOUND, NOT_A_REPOSITORY, ADDRESS_REFUSED, REDIRECT, REJECTED, TOO_LARGE ->
                false;
        };
    }
}
