package sh.keptn.api.upstream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import sh.keptn.api.http.Request;
import sh.keptn.core.model.Printable;

/** On whose behalf a commit is made: trailers with the caller by name, its program, and Keptn's context if it says one. */
public final class OnBehalf {
    private static final Pattern CONTEXT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private OnBehalf() {}

    /** The trailers by a request. */
    public static Map<String, String> of(Request request) {
        Map<String, String> trailers = new LinkedHashMap<>();
        request.caller().ifPresent(caller -> trailers.put("Keptn-Caller", Printable.of(caller)));
        request.header("User-Agent").ifPresent(agent -> trailers.put("Keptn-User-Agent", Printable.of(agent)));
        request.header("shkeptncontext")
                .filter(context -> CONTEXT.matcher(context).matches())
                .ifPresent(context -> trailers.put("Keptn-Context", context));
        return trailers;
    }
}
