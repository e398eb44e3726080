package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/** What the API server's refusals mean: the one place that tells them apart. */
final class ApiAnswers {
    private static final int MAX_WORDS = 600;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String TERMINATING_CAUSE = "NamespaceTerminating";

    private ApiAnswers() {}

    /** Why the API server did not take an object. */
    static Problem applying(InventoryEntry entry, KubernetesClientException e) {
        String words = ObjectName.words(entry) + ": " + reason(e, "Secret".equals(entry.kind()));
        String said = said(e).toLowerCase(Locale.ROOT);
        if (terminating(e)) {
            return Problem.passing(
                    Reason.NAMESPACE_TERMINATING, "namespace " + entry.namespace() + " is being deleted; " + words);
        }
        if (said.contains("exceeded quota") || said.contains("failed quota")) {
            return Problem.passing(Reason.QUOTA_EXCEEDED, words);
        }
        if (said.contains("denied the request")
                || said.contains("violates podsecurity")
                || said.contains("validatingadmissionpolicy")) {
            return Problem.passing(Reason.ADMISSION_DENIED, words);
        }
        if (said.contains("field is immutable") || said.contains("updates to statefulset spec for fields other than")) {
            return Problem.forPeople(
                    Reason.APPLY_FAILED, words + "; the field cannot be changed: delete the object or rename it");
        }
        if (said.contains("failed to create typed patch object")) {
            // The API server answers 500 to a field of the wrong type.
            return Problem.forPeople(Reason.APPLY_FAILED, words);
        }
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                Problem.forPeople(Reason.FORBIDDEN, words);
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE, HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
                Problem.forPeople(Reason.APPLY_FAILED, words);
            case TOO_MANY_REQUESTS -> Problem.passing(Reason.APPLY_FAILED, words + " (the API server is busy)");
            default -> Problem.passing(Reason.APPLY_FAILED, words);
        };
    }

    /** Why something else than applying an object failed. */
    static Problem asking(String what, KubernetesClientException e) {
        String words = what + ": " + reason(e, false);
        return forbidden(e) ? Problem.forPeople(Reason.FORBIDDEN, words) : Problem.passing(Reason.APPLY_FAILED, words);
    }

    static boolean forbidden(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
    }

    static boolean missing(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    static boolean conflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    /** Whether the conflict is about fields that another manager owns. */
    static boolean ownedByOthers(KubernetesClientException e) {
        return conflict(e) && causes(e).stream().anyMatch(cause -> "FieldManagerConflict".equals(cause.getReason()));
    }

    static boolean terminating(KubernetesClientException e) {
        return forbidden(e) && causes(e).stream().anyMatch(cause -> TERMINATING_CAUSE.equals(cause.getReason()));
    }

    /** The API server's own words, on one line. A Secret's refusal may quote its content: of that only the fields. */
    static String reason(KubernetesClientException e, boolean secret) {
        if (secret && e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            String fields = causes(e).stream()
                    .map(StatusCause::getField)
                    .filter(field -> field != null && !field.isBlank())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return "the API server does not take it (" + e.getCode() + (fields.isEmpty() ? "" : ", " + fields)
                    + "); its words are kept back, as they may quote the content";
        }
        String line = said(e).replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }

    private static String said(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .or(() -> Optional.ofNullable(e.getMessage()))
                .orElse("HTTP " + e.getCode());
    }

    private static List<StatusCause> causes(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getDetails)
                .map(details -> details.getCauses())
                .orElse(List.of());
    }
}
