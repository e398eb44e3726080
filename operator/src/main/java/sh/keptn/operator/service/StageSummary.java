package sh.keptn.operator.service;

import java.util.List;
import java.util.stream.Collectors;
import sh.keptn.crds.service.ServiceStageStatus;

/** The stages that have a service's folder and what runs there, in one line: {@code dev:1.2 prod:1.1}. */
final class StageSummary {
    private static final int DIGEST = 7;

    private StageSummary() {}

    static String of(List<ServiceStageStatus> stages) {
        return stages.stream()
                .filter(stage -> stage.revision() != null)
                .map(stage -> stage.image() == null ? stage.name() : stage.name() + ":" + version(stage.image()))
                .collect(Collectors.joining(" "));
    }

    /** An image's tag, else the beginning of its digest. */
    static String version(String image) {
        int at = image.indexOf('@');
        String name =
                image.substring(image.lastIndexOf('/', at < 0 ? image.length() : at) + 1, at < 0 ? image.length() : at);
        int colon = name.indexOf(':');
        if (colon >= 0) {
            return name.substring(colon + 1);
        }
        if (at < 0) {
            return "latest";
        }
        String digest = image.substring(image.indexOf(':', at) + 1);
        return digest.substring(0, Math.min(DIGEST, digest.length()));
    }
}
