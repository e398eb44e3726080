package sh.keptn.operator.render;

import java.util.Locale;
import java.util.regex.Pattern;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.ShortHash;

/** The names that a service's own name becomes in the cluster. */
final class ResourceNames {
    /** What Keptn counts as too long for a release's name. */
    private static final int RELEASE_TOO_LONG = 53;

    private static final Pattern DNS_1035_LABEL = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

    private ResourceNames() {}

    /**
     * The service's name where it is a DNS label that begins with a letter, as a Service's must; else what is left of it
     * as one, with its hash.
     */
    static String label(ServiceName service) {
        if (DNS_1035_LABEL.matcher(service.value()).matches()) {
            return service.value();
        }
        String slug = service.value()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]+", "-")
                .replaceAll("^-+|-+$", "");
        String begun = slug.isEmpty() || !Character.isLetter(slug.charAt(0)) ? "s-" + slug : slug;
        return begun + "-" + ShortHash.of(service.value());
    }

    /**
     * A release's name by Keptn's rule: {@code <project>-<stage>-<service>}; with 53 characters or more without the
     * project, then without the stage.
     */
    static String release(RenderRequest request) {
        String service = label(request.service());
        String whole = request.project() + "-" + request.stage() + "-" + service;
        if (whole.length() < RELEASE_TOO_LONG) {
            return whole;
        }
        String shorter = request.stage() + "-" + service;
        return shorter.length() < RELEASE_TOO_LONG ? shorter : cut(service);
    }

    private static String cut(String service) {
        return service.length() < RELEASE_TOO_LONG
                ? service
                : service.substring(0, RELEASE_TOO_LONG - 1).replaceAll("-+$", "");
    }
}
