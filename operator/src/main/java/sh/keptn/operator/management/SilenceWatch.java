package sh.keptn.operator.management;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds a watch that went silent without saying so: it believes itself connected and hears nothing any more. What the API
 * server shows is compared with what the cache holds; a version that was missing in the cache at one look and is still
 * missing at the next, a minute later, means that nobody brought it.
 */
public final class SilenceWatch implements Check {
    /** Each costs a request at the next look; one that stays unheard is enough. */
    private static final int MAX_SUSPECTS = 20;

    private final String what;
    private final Shown shown;
    private final Function<String, Optional<Long>> cached;
    private Map<String, Long> suspects = Map.of();
    private volatile Collection<String> unheard = new TreeSet<>();

    /** What the API server shows of one kind. */
    public interface Shown {
        /** Resource versions by name, of the next page: page by page they are all there were. */
        Map<String, Long> page();

        /** The version that one has now; empty if it is gone. */
        Optional<Long> version(String name);
    }

    /**
     * Watches one kind.
     *
     * @param cached from a name to the version that the cache holds
     */
    public SilenceWatch(String what, Shown shown, Function<String, Optional<Long>> cached) {
        this.what = what;
        this.shown = shown;
        this.cached = cached;
    }

    /** Looks once; to be called at an interval that is long beside the delay of a healthy watch. */
    public synchronized void look() {
        Map<String, Long> lost = new HashMap<>(suspects);
        lost.entrySet().removeIf(suspect -> heard(suspect) || gone(suspect) || heard(suspect));
        Map<String, Long> next = new HashMap<>(lost);
        shown.page().entrySet().stream()
                .filter(seen -> !heard(seen))
                .limit(MAX_SUSPECTS)
                .forEach(seen -> next.putIfAbsent(seen.getKey(), seen.getValue()));
        unheard = new TreeSet<>(lost.keySet());
        suspects = Map.copyOf(next);
    }

    private boolean heard(Map.Entry<String, Long> seen) {
        return cached.apply(seen.getKey())
                .filter(version -> version >= seen.getValue())
                .isPresent();
    }

    /** Gone by now: a cache that does not hold it is right. */
    private boolean gone(Map.Entry<String, Long> seen) {
        return shown.version(seen.getKey()).isEmpty();
    }

    @Override
    public Optional<String> flaw() {
        return unheard.isEmpty()
                ? Optional.empty()
                : Optional.of("the watch on " + what + " is silent: "
                        + unheard.stream().limit(3).collect(Collectors.joining(", "))
                        + " changed and was not heard of");
    }
}
