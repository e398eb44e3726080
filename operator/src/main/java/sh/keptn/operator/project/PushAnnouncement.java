package sh.keptn.operator.project;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.WebhookToken;
import sh.keptn.operator.condition.Conditions;

/**
 * Tells in a project's status where its upstream may announce pushes, and where that is asked for and cannot be, why. It
 * never stalls a project: the upstream is polled all the same.
 */
final class PushAnnouncement {
    private final Optional<String> sharedSecret;
    private final Clock clock;

    /**
     * @param sharedSecret of all projects that have no Secret of their own for this
     */
    PushAnnouncement(Optional<String> sharedSecret, Clock clock) {
        this.sharedSecret = sharedSecret;
        this.clock = clock;
    }

    /** The Secret that a project's webhook stands on; empty if it has none. */
    Optional<String> secretName(KeptnProject project) {
        return project.getSpec().webhookSecret().or(() -> sharedSecret);
    }

    /**
     * The status with the address and the condition in it.
     *
     * @param secrets those that the project uses, as the watch has them
     */
    KeptnProjectStatus tell(KeptnProject project, KeptnProjectStatus status, Collection<Secret> secrets) {
        Optional<String> name = secretName(project);
        if (name.isEmpty()) {
            return with(status, null, status.conditions());
        }
        Conditions told = new Conditions(
                ProjectStatusFactory.before(project).conditions(),
                project.getMetadata().getGeneration(),
                clock);
        Optional<Secret> secret = secrets.stream()
                .filter(found -> found.getMetadata().getName().equals(name.get()))
                .findFirst();
        Optional<WebhookToken> token = secret.isPresent() ? read(secret.get(), told) : missing(name.get(), told);
        List<Condition> conditions = new ArrayList<>(status.conditions());
        conditions.addAll(told.toList());
        return with(status, token.map(found -> path(found, project)).orElse(null), conditions);
    }

    private static Optional<WebhookToken> missing(String name, Conditions told) {
        told.no(
                ConditionType.WEBHOOK_READY,
                Reason.WEBHOOK_SECRET_MISSING,
                "Secret '" + name + "' not found: pushes are not announced, the upstream is only polled");
        return Optional.empty();
    }

    private static Optional<WebhookToken> read(Secret secret, Conditions told) {
        String encoded = Optional.ofNullable(secret.getData()).orElse(Map.of()).get(WebhookToken.KEY);
        try {
            WebhookToken token = WebhookToken.ofEncoded(encoded == null ? "" : encoded);
            told.yes(ConditionType.WEBHOOK_READY, Reason.SUCCEEDED, "pushes are announced at status.webhookPath");
            return Optional.of(token);
        } catch (IllegalArgumentException e) {
            told.no(
                    ConditionType.WEBHOOK_READY,
                    Reason.WEBHOOK_SECRET_INVALID,
                    "key '" + WebhookToken.KEY + "' of Secret '"
                            + secret.getMetadata().getName() + "' " + e.getMessage()
                            + ": pushes are not announced, the upstream is only polled");
            return Optional.empty();
        }
    }

    private static String path(WebhookToken token, KeptnProject project) {
        return token.path(
                project.getMetadata().getNamespace(), project.getMetadata().getName());
    }

    private static KeptnProjectStatus with(
            KeptnProjectStatus status, @Nullable String path, List<Condition> conditions) {
        return new KeptnProjectStatus(
                status.observedGeneration(),
                conditions,
                status.git(),
                status.shipyard(),
                status.stages(),
                status.stageSummary(),
                status.ignoredFolders(),
                path,
                status.lastHandledRequestedAt());
    }
}
