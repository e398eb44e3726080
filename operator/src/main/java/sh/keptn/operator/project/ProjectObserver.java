package sh.keptn.operator.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.BootstrapMark;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.Shipyard;
import sh.keptn.core.model.StageName;
import sh.keptn.operator.upstream.Scaffold;

/** Looks at a project's upstream: one request for its heads, the rest from the mirror. Never writes anything. */
final class ProjectObserver {
    /** How far back a bootstrap commit of our own is looked for. */
    private static final int HISTORY = 200;

    private static final int REMEMBERED_FOLDERS = 50_000;
    private static final Set<String> SERVICE_FOLDERS = Set.of("helm", "manifests", "k8s");
    private static final String VALUES = "values.yaml";
    private static final Pattern SERVICE_KEY =
            Pattern.compile("(?m)^[\"']?" + Scaffold.SERVICE_KEY + "[\"']?[ \\t]*:[ \\t]*\\S");

    private final GitStore store;

    /** By the id of a folder's tree, which names its content: an answer never grows old. */
    private final Cache<String, Boolean> services =
            Caffeine.newBuilder().maximumSize(REMEMBERED_FOLDERS).build();

    ProjectObserver(GitStore store) {
        this.store = store;
    }

    ObservedProject observe(ProjectIntent intent, Upstream upstream) {
        Heads heads = store.heads(upstream);
        String branch = upstream.defaultBranch(heads);
        Optional<CommitId> head = heads.of(branch);
        BootstrapMark mark = BootstrapMark.of(
                intent.settings().name(), upstream.url(), intent.settings().uid());
        boolean initialized = head.flatMap(commit -> store.read(upstream, commit, Scaffold.METADATA))
                .filter(file -> file.content().size() > 0)
                .isPresent();
        boolean ours = initialized
                && intent.accepted().isEmpty()
                && head.filter(commit -> marked(upstream, commit, HISTORY, mark))
                        .isPresent();
        ShipyardInGit shipyard =
                head.map(commit -> shipyard(upstream, commit, mark)).orElseGet(() -> new ShipyardInGit.Absent(false));
        Set<StageName> candidates = new LinkedHashSet<>();
        if (shipyard instanceof ShipyardInGit.Valid(Shipyard valid)) {
            candidates.addAll(valid.stageNames());
        }
        candidates.addAll(intent.knownStages());
        Map<StageName, ObservedStage> stages = new LinkedHashMap<>();
        for (StageName stage : candidates) {
            boolean accepted = intent.accepted().contains(stage.value());
            stage(
                            upstream,
                            heads,
                            intent.settings().layout(),
                            branch,
                            stage,
                            accepted ? Optional.empty() : Optional.of(mark))
                    .ifPresent(found -> stages.put(stage, found));
        }
        return new ObservedProject(branch, head, initialized, ours, shipyard, stages);
    }

    private ShipyardInGit shipyard(Upstream upstream, CommitId head, BootstrapMark mark) {
        try {
            Optional<FileContent> file = store.read(upstream, head, Shipyard.PATH.value());
            if (file.isEmpty()) {
                return new ShipyardInGit.Absent(wroteShipyard(upstream, head, mark));
            }
            return new ShipyardInGit.Valid(Shipyard.parse(file.get().content().text()));
        } catch (KeptnException e) {
            return switch (e.error()) {
                case KeptnError.Invalid invalid -> new ShipyardInGit.Invalid(invalid.message());
                case KeptnError.TooLarge large -> new ShipyardInGit.Invalid(large.message() + " bytes");
                default -> throw e;
            };
        }
    }

    private boolean wroteShipyard(Upstream upstream, CommitId head, BootstrapMark mark) {
        return store.log(upstream, head, HISTORY).stream()
                .filter(commit -> commit.message().startsWith(ProjectActor.SHIPYARD_WRITTEN))
                .anyMatch(mark::isOn);
    }

    private boolean marked(Upstream upstream, CommitId head, int depth, BootstrapMark mark) {
        return store.log(upstream, head, depth).stream().anyMatch(mark::isOn);
    }

    private Optional<ObservedStage> stage(
            Upstream upstream,
            Heads heads,
            Layout layout,
            String defaultBranch,
            StageName stage,
            Optional<BootstrapMark> mark) {
        Location location = layout.locate(new Scope.OfStage(stage), defaultBranch);
        Optional<CommitId> head = heads.of(location.branch());
        if (head.isEmpty() || (layout == Layout.BRANCH && stage.value().equals(defaultBranch))) {
            return Optional.empty();
        }
        boolean there = location.folder().isEmpty()
                || store.entry(upstream, head.get(), location.folder())
                        .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                        .isPresent();
        if (!there) {
            return Optional.empty();
        }
        int depth = layout == Layout.BRANCH ? 1 : HISTORY;
        boolean ours =
                mark.filter(own -> marked(upstream, head.get(), depth, own)).isPresent();
        return Optional.of(new ObservedStage(
                location.branch(), head.get(), ours, folders(upstream, head.get(), location.folder())));
    }

    private List<ServiceFolder> folders(Upstream upstream, CommitId head, String folder) {
        return store.children(upstream, head, folder).stream()
                .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                .filter(entry -> !entry.name().startsWith("."))
                .filter(entry -> services.get(entry.id(), id -> isService(upstream, head, entry.path())))
                .map(entry -> new ServiceFolder(entry.name()))
                .toList();
    }

    private boolean isService(Upstream upstream, CommitId head, String folder) {
        return store.children(upstream, head, folder).stream().anyMatch(entry -> switch (entry.kind()) {
            case FOLDER -> SERVICE_FOLDERS.contains(entry.name());
            case FILE ->
                entry.name().equals(VALUES)
                        || (entry.name().equals(Scaffold.METADATA) && namesService(upstream, head, entry.path()));
            case LINK, SUBMODULE -> false;
        });
    }

    private boolean namesService(Upstream upstream, CommitId head, String path) {
        try {
            return store.read(upstream, head, path)
                    .filter(file -> SERVICE_KEY.matcher(file.content().text()).find())
                    .isPresent();
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.TooLarge) {
                return false;
            }
            throw e;
        }
    }
}
