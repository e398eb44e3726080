package sh.keptn.api.imports;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/** One step of an import. */
sealed interface ImportTask {
    Head head();

    /** The file of the package that it needs. */
    String file();

    default String id() {
        return head().id();
    }

    /**
     * What every task has.
     *
     * @param context texts for templates, which may be templates themselves
     */
    record Head(String id, String name, Map<String, String> context) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,200}");

        public Head {
            if (!ID.matcher(id).matches()) {
                throw KeptnException.invalid(
                        "manifest",
                        "task id '" + Printable.of(id) + "' must be letters, digits and underscores, at most 200");
            }
            context = Map.copyOf(context);
        }
    }

    /** Calls an operation with the rendered file as its body. */
    record Call(Head head, Action action, String file) implements ImportTask {}

    /**
     * Writes the rendered file.
     *
     * @param stage empty for every stage
     */
    record Upload(Head head, String file, String uri, Optional<String> stage, Optional<String> service)
            implements ImportTask {}

    /** The operations that can be called. */
    enum Action {
        CREATE_SERVICE("keptn-api-v1-create-service"),
        CREATE_SECRET("keptn-api-v1-uniform-create-secret"),
        CREATE_SUBSCRIPTION("keptn-api-v1-uniform-create-webhook-subscription");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        static Action named(String text) {
            return Arrays.stream(values())
                    .filter(action -> action.text.equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            KeptnException.invalid("manifest", "unsupported action '" + Printable.of(text) + "'"));
        }
    }
}
