package sh.keptn.core.git.jgit;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.Printable;

/**
 * Turns whatever went wrong on the way to an upstream into the one taxonomy: by the class of the cause and the status,
 * never by a text. The messages name the host and no more.
 */
final class UpstreamErrors {
    private UpstreamErrors() {}

    /** The failure in the words of callers; one that is in them already stays as it is. */
    static KeptnException translate(Upstream upstream, boolean timedOut, Throwable failure) {
        if (failure instanceof KeptnException known) {
            return known;
        }
        List<Throwable> causes = causes(failure);
        UpstreamFault fault = timedOut
                ? UpstreamFault.TIMEOUT
                : faultOf(causes, upstream.access().proxy().isPresent());
        return KeptnException.upstream(fault, message(fault, upstream), failure);
    }

    /** When the host wants to be asked again, if it said so. */
    static Optional<Duration> retryAfter(Throwable failure) {
        return causes(failure).stream()
                .filter(HttpRefusal.class::isInstance)
                .findFirst()
                .flatMap(refusal -> ((HttpRefusal) refusal).retryAfter());
    }

    /** The status that the host answered with, if that was the failure. */
    static Optional<Integer> refusal(Throwable failure) {
        return causes(failure).stream()
                .filter(HttpRefusal.class::isInstance)
                .findFirst()
                .map(refusal -> ((HttpRefusal) refusal).status());
    }

    /** Whether the request surely never came to the host. */
    static boolean unsent(Throwable failure) {
        return causes(failure).stream().anyMatch(ProxyRefusal.class::isInstance);
    }

    private static UpstreamFault faultOf(List<Throwable> causes, boolean proxied) {
        for (Throwable cause : causes) {
            Optional<UpstreamFault> fault = Optional.ofNullable(precise(cause, proxied));
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        for (Throwable cause : causes) {
            Optional<UpstreamFault> fault = Optional.ofNullable(vague(cause));
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return UpstreamFault.UNAVAILABLE;
    }

    private static @Nullable UpstreamFault precise(Throwable cause, boolean proxied) {
        return switch (cause) {
            case AddressRefused refused -> UpstreamFault.ADDRESS_REFUSED;
            case HttpRefusal refusal -> ofStatus(refusal);
            case ProxyRefusal refusal -> UpstreamFault.PROXY;
            case RedirectRefused refused -> UpstreamFault.REDIRECT;
            case TransferTooLarge large -> UpstreamFault.TOO_LARGE;
            case TooLargePackException large -> UpstreamFault.TOO_LARGE;
            case TooLargeObjectInPackException large -> UpstreamFault.TOO_LARGE;
            case SshRefusal refusal -> refusal.fault();
            case UnknownHostException unknown -> proxied ? UpstreamFault.PROXY : UpstreamFault.DNS;
            case InterruptedIOException timeout -> UpstreamFault.TIMEOUT;
            case ConnectException refused -> proxied ? UpstreamFault.PROXY : UpstreamFault.CONNECT;
            case NoRouteToHostException refused -> proxied ? UpstreamFault.PROXY : UpstreamFault.CONNECT;
            case SSLException tls ->
                tls.getCause() instanceof SocketException ? UpstreamFault.CONNECT : UpstreamFault.TLS;
            case CertificateException tls -> UpstreamFault.TLS;
            case NoRemoteRepositoryException absent -> UpstreamFault.NOT_FOUND;
            case NoHttpResponseException cut -> UpstreamFault.CONNECT;
            case ConnectionClosedException cut -> UpstreamFault.CONNECT;
            case SentOnce wrapper -> null;
            case SocketException cut -> UpstreamFault.CONNECT;
            default -> null;
        };
    }

    /** What says something only where nothing more precise stands beside it. */
    private static @Nullable UpstreamFault vague(Throwable cause) {
        return switch (cause) {
            case EOFException cut -> UpstreamFault.CONNECT;
            case PackProtocolException garbage -> UpstreamFault.NOT_A_REPOSITORY;
            case CorruptObjectException garbage -> UpstreamFault.NOT_A_REPOSITORY;
            case NotSupportedException garbage -> UpstreamFault.NOT_A_REPOSITORY;
            default -> null;
        };
    }

    private static UpstreamFault ofStatus(HttpRefusal refusal) {
        int status = refusal.status();
        if (status == 401) {
            return UpstreamFault.AUTH;
        }
        if (status == 403) {
            // GitHub's secondary limit answers 403 and says when to come back.
            return refusal.retryAfter().isPresent() ? UpstreamFault.UNAVAILABLE : UpstreamFault.AUTH;
        }
        if (status == 404 || status == 410) {
            return UpstreamFault.NOT_FOUND;
        }
        if (status == 407) {
            return UpstreamFault.PROXY;
        }
        if (status == 413) {
            return UpstreamFault.TOO_LARGE;
        }
        return status == 408 || status == 429 || status >= 500
                ? UpstreamFault.UNAVAILABLE
                : UpstreamFault.NOT_A_REPOSITORY;
    }

    private static String message(UpstreamFault fault, Upstream upstream) {
        String host = upstream.url().host();
        return switch (fault) {
            case DNS -> "the host " + host + " of the upstream is not known";
            case CONNECT -> "no connection to the upstream at " + host + ", or it broke";
            case TIMEOUT ->
                "the upstream at " + host + " did not answer within "
                        + upstream.timeout().toSeconds() + " s";
            case TLS -> "the certificate of " + host + " is not trusted; give its authority as ca.crt";
            case HOST_KEY -> "the SSH host key of " + host + " is not the one in known_hosts";
            case PROXY -> "the proxy on the way to " + host + " cannot be reached, or refuses";
            case AUTH -> "the upstream at " + host + " refuses the credentials, or they do not suffice";
            case NOT_FOUND -> "the upstream repository is not there: " + host + " does not know it";
            case NOT_A_REPOSITORY -> "what answers at " + host + " does not speak Git";
            case ADDRESS_REFUSED -> "this installation does not connect to the address of " + host;
            case REDIRECT -> "the upstream at " + host + " sends us elsewhere, where credentials do not follow";
            case UNAVAILABLE -> "the upstream at " + host + " fails, or asks to come back later";
            case REJECTED -> "the upstream at " + host + " refused the push";
            case DIVERGED -> "others moved the branch faster than this write could follow";
            case TOO_LARGE -> "the upstream repository is above the limits of this installation";
        };
    }

    static KeptnException diverged(Upstream upstream) {
        return of(UpstreamFault.DIVERGED, upstream);
    }

    /** The server refused a push, with its own words made fit for a line. */
    static KeptnException refused(String reason) {
        return KeptnException.upstream(
                UpstreamFault.REJECTED,
                "the upstream refused the push" + (reason.isBlank() ? "" : ": " + Printable.of(reason)),
                null);
    }

    static KeptnException of(UpstreamFault fault, Upstream upstream) {
        return KeptnException.upstream(fault, message(fault, upstream), null);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> found = new ArrayList<>();
        Set<Throwable> seen = new HashSet<>();
        Throwable next = failure;
        while (next != null && seen.add(next)) {
            found.add(next);
            next = next.getCause();
        }
        return found;
    }
}
