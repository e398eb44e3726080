package sh.keptn.api.hook;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a Git host says that it tells of, by a header alone. Only what can have moved a branch is worth a look; a host that
 * says nothing may have.
 */
enum Announcement {
    PUSH,
    SOMETHING_ELSE;

    private static final Set<String> MOVES = Set.of("push", "create", "delete");

    /** A host's header, and those of its events that move branches. */
    private record Events(String header, Set<String> pushes) {}

    private static final List<Events> HOSTS = List.of(
            new Events("X-GitHub-Event", MOVES),
            new Events("X-Forgejo-Event", MOVES),
            new Events("X-Gitea-Event", MOVES),
            // A system hook tells in its body alone what it is about.
            new Events("X-Gitlab-Event", Set.of("Push Hook", "System Hook")),
            // Bitbucket Cloud, and Bitbucket Data Center.
            new Events("X-Event-Key", Set.of("repo:push", "repo:refs_changed")));

    static Announcement of(Function<String, Optional<String>> headers) {
        for (Events host : HOSTS) {
            Optional<String> event = headers.apply(host.header());
            if (event.isPresent()) {
                return host.pushes().contains(event.get().strip()) ? PUSH : SOMETHING_ELSE;
            }
        }
        return PUSH;
    }
}
