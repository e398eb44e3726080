package sh.keptn.api.hook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.auth.Guesses;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Refusal;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.project.WebhookToken;

/**
 * Where Git hosts announce pushes, with a signature in the place of a token:
 *
 * <pre>
 * curl -X POST --data-binary '{}' "$HOST$(kubectl get kproj P -o jsonpath='{.status.webhookPath}')" \
 *   -H "X-Signature: sha256=$(printf '{}' | openssl dgst -sha256 -hmac "$TOKEN" | sed 's/.* //')"
 * </pre>
 *
 * A right call stamps the project of the path and does nothing else: the body is signed, never read, so it can name no
 * other repository or branch. Wrong address, no signature and a wrong one have the same answer and take the same time.
 */
public final class HookRoom implements Room {
    private static final Logger log = LoggerFactory.getLogger(HookRoom.class);
    private static final long MAX_BODY = 1 << 20;

    private final WebhookTokens tokens;
    private final RequestStamper stamper;
    private final Guesses guesses;
    private final RefusalLog refusals;

    /** Nobody knows it; calls to what is not there are checked against it. */
    private final WebhookToken decoy;

    /**
     * @param sharedSecret of all projects that have no Secret of their own for this
     */
    public HookRoom(
            Cluster cluster, Optional<String> sharedSecret, RequestStamper stamper, Guesses guesses, Clock clock) {
        this.tokens = new WebhookTokens(cluster, sharedSecret);
        this.stamper = stamper;
        this.guesses = guesses;
        this.refusals = new RefusalLog(clock);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.decoy = WebhookToken.of(HexFormat.of().formatHex(random));
    }

    @Override
    public void routes(Routes routes) {
        routes.signed("/hooks/git/{project}/{opaque}", this::call);
    }

    private Answer call(Request request) {
        String project = request.parameter("project");
        if (!isProven(request, project)) {
            refusals.refused(request.peer());
            guesses.count(request.peer(), request::header);
            throw new Refusal(404, "no such webhook");
        }
        return switch (Announcement.of(request::header)) {
            case PUSH -> {
                stamper.stamp(new ProjectName(project));
                log.atDebug().addKeyValue("project", project).log("push announced");
                yield accepted("the project is looked at");
            }
            case SOMETHING_ELSE -> accepted("not about a branch: nothing to do");
        };
    }

    /** Whoever shows no proof knows that himself: only then is the body left unread. */
    private boolean isProven(Request request, String project) {
        Optional<Proof> proof = Proof.of(request::header);
        if (proof.isEmpty()) {
            return false;
        }
        byte[] body = request.body(MAX_BODY);
        Optional<WebhookToken> known = tokens.of(project);
        WebhookToken token = known.orElse(decoy);
        boolean addressed = MessageDigest.isEqual(
                bytes(token.opaque(tokens.namespace(), project)), bytes(request.parameter("opaque")));
        boolean signed = proof.get().holds(token, body);
        return known.isPresent() && addressed && signed;
    }

    private static Answer accepted(String message) {
        return Answer.json(202, Map.of("message", message));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
