package sh.keptn.operator.management;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds a watch that went silent without saying so: it believes itself connected and hears nothing any more. What the API
 * server shows is compared with what the cache holds; a version that was missing in the cache at one look and is still
 * missing at the next, a minute later, means that nobody brought it.
 */
public final class SilenceWatch implements Check {
    private final String what;
    private final Supplier<Map<String, String>> live;
    private final Supplier<Map<String, String>> cached;
    private volatile Map<String, String> unheard = Map.of();
    private volatile boolean silent;

    /**
     * Watches one kind.
     *
     * @param live resource versions by name, from the API server
     * @param cached resource versions by name, from the cache
     */
    public SilenceWatch(String what, Supplier<Map<String, String>> live, Supplier<Map<String, String>> cached) {
        this.what = what;
        this.live = live;
        this.cached = cached;
    }

    /** Looks once; to be called at an interval that is long beside the delay of a healthy watch. */
    public synchronized void look() {
        Map<String, String> shown = live.get();
        Map<String, String> held = cached.get();
        Map<String, String> missing = new HashMap<>();
        shown.forEach((name, version) -> {
            if (!version.equals(held.get(name))) {
                missing.put(name, version);
            }
        });
        silent = missing.entrySet().stream().anyMatch(entry -> entry.getValue().equals(unheard.get(entry.getKey())));
        unheard = Map.copyOf(missing);
    }

    @Override
    public Optional<String> flaw() {
        return silent
                ? Optional.of("the watch on " + what + " is silent: "
                        + unheard.keySet().stream().sorted().limit(3).collect(Collectors.joining(", "))
                        + " changed and was not heard of")
                : Optional.empty();
    }
}
