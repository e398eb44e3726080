package sh.keptn.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A service on one stage, in an answer.
 *
 * @param lastEventTypes by type, what happened last; empty without events
 * @param openRemediations always there, as in Keptn
 */
public record ServiceView(
        String serviceName,
        String creationDate,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String deployedImage,
        Map<String, Object> lastEventTypes,
        List<Object> openRemediations) {
    public ServiceView {
        lastEventTypes = Map.copyOf(lastEventTypes);
        openRemediations = List.copyOf(openRemediations);
    }
}
