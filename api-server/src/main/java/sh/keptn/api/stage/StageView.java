package sh.keptn.api.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import sh.keptn.api.service.ServiceView;

/** A stage in an answer. */
public record StageView(
        String stageName,
        List<ServiceView> services,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> parentStages) {
    public StageView {
        services = List.copyOf(services);
        parentStages = List.copyOf(parentStages);
    }
}
