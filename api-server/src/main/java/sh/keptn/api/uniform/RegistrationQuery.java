package sh.keptn.api.uniform;

import java.util.EnumMap;
import java.util.Map;

/** Which integrations: all of these hold. */
public record RegistrationQuery(Map<Field, String> where) {
    public RegistrationQuery {
        Map<Field, String> copy = new EnumMap<>(Field.class);
        copy.putAll(where);
        where = Map.copyOf(copy);
    }

    /** What integrations are found by. Of projects, stages and services: some subscription names it. */
    public enum Field {
        ID,
        NAME,
        NAMESPACE,
        HOSTNAME,
        PROJECT,
        STAGE,
        SERVICE
    }

    static RegistrationQuery of(Field field, String value) {
        return new RegistrationQuery(Map.of(field, value));
    }
}
