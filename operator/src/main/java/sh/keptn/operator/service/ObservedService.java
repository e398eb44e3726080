package sh.keptn.operator.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.StageName;

/** How a service stands on each stage of its project. */
record ObservedService(Map<StageName, Folder> stages) {
    /**
     * A service's place on one stage.
     *
     * @param branch the branch that holds the stage
     * @param head its head, empty if the branch is gone
     * @param present whether the folder is there
     * @param revision the commit since which the folder is as it is, as far as is known
     */
    record Folder(String branch, Optional<CommitId> head, boolean present, Optional<String> revision) {}

    ObservedService {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    List<StageName> present() {
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().present())
                .map(Map.Entry::getKey)
                .toList();
    }

    List<StageName> missing() {
        return stages.entrySet().stream()
                .filter(stage -> !stage.getValue().present())
                .map(Map.Entry::getKey)
                .toList();
    }
}
