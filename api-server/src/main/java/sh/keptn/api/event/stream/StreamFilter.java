package sh.keptn.api.event.stream;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.http.Query;

/** Which events a client wants: those whose fields hold exactly these texts. */
record StreamFilter(Map<EventField, String> where) {
    private static final Map<String, EventField> PARAMETERS = Map.of(
            "project", EventField.PROJECT,
            "stage", EventField.STAGE,
            "service", EventField.SERVICE,
            "type", EventField.TYPE,
            "keptnContext", EventField.CONTEXT);

    StreamFilter {
        where = Map.copyOf(where);
    }

    static StreamFilter of(Query query) {
        Map<EventField, String> where = new EnumMap<>(EventField.class);
        PARAMETERS.forEach((name, field) -> query.text(name).ifPresent(text -> where.put(field, text)));
        return new StreamFilter(where);
    }

    boolean takes(KeptnEvent event) {
        return where.entrySet().stream()
                .allMatch(wanted -> event.value(wanted.getKey()).equals(Optional.of(wanted.getValue())));
    }
}
