package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs what mirrors gathered and drops what nothing refers to. What is young stays whatever refers to it: a commit that
 * is being made now has no name yet. JGit's own collector never runs by itself.
 */
final class Collector {
    private static final Logger log = LoggerFactory.getLogger(Collector.class);
    private static final int LOOSE_OBJECTS = 2_000;
    private static final int PACKS = 30;
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Clock clock;

    Collector(Clock clock) {
        this.clock = clock;
    }

    /** Collects in a mirror that has gathered enough to be worth it; one that cannot be collected is left as it is. */
    void collect(Mirror mirror) {
        try {
            GC collector = new GC(mirror.repository());
            GC.RepoStatistics statistics = collector.getStatistics();
            if (statistics.numberOfLooseObjects < LOOSE_OBJECTS && statistics.numberOfPackFiles < PACKS) {
                return;
            }
            PackConfig config = new PackConfig(mirror.repository());
            config.setBuildBitmaps(false);
            collector.setPackConfig(config);
            Instant young = clock.instant().minus(YOUNG);
            collector.setExpire(young);
            collector.setPackExpire(young);
            collector.repack();
            collector.prunePacked();
            collector.prune(Set.of());
        } catch (IOException | ParseException e) {
            log.atWarn().setCause(e).log("a Git mirror could not be tidied up; it works on as it is");
        }
    }
}
