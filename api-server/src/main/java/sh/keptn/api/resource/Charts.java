package sh.keptn.api.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.HelmChartArchive;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.model.ResourcePath;

/** Keptn's rule for {@code helm/<name>.tgz}: a folder in Git, an archive for clients. */
final class Charts {
    private static final HelmChartArchive.Limits LIMITS = HelmChartArchive.Limits.DEFAULT;

    private final GitStore store;
    private final HelmChartArchive archive = new HelmChartArchive(LIMITS);

    Charts(GitStore store) {
        this.store = store;
    }

    /** What writing a file comes to: the file itself, or a chart's files in the place of the ones before. */
    List<Change> put(String folder, WriteRequest.File file) {
        return file.path()
                .helmChartFolder()
                .map(chart -> archive.unpack(chart.under(folder), file.content()))
                .orElseGet(() -> List.of(new Change.Put(file.path().under(folder), file.content())));
    }

    /** What deleting a name comes to. */
    Change delete(String folder, ResourcePath path) {
        return new Change.Delete(path.helmChartFolder().orElse(path).under(folder));
    }

    /** The archive of a chart that stands unpacked at that place; empty for every other name. */
    Optional<Content> pack(Head head, ResourcePath path) {
        return path.helmChartFolder()
                .flatMap(chart -> pack(head, chart.under(head.location().folder()), chart));
    }

    private Optional<Content> pack(Head head, String folder, ResourcePath chart) {
        boolean there = store.entry(head.upstream(), head.commit(), folder)
                .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                .isPresent();
        if (!there) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        store.walk(head.upstream(), head.commit(), folder, entry -> {
            if (paths.size() >= LIMITS.entries()) {
                throw new KeptnException(new KeptnError.TooLarge("number of the chart's files", LIMITS.entries()));
            }
            paths.add(entry.path());
        });
        return Optional.of(archive.pack(chart.segments().getLast(), files(head, folder, paths)));
    }

    private Map<String, Content> files(Head head, String folder, List<String> paths) {
        Map<String, Content> files = new TreeMap<>();
        long total = 0;
        for (String path : paths) {
            Optional<Content> content =
                    store.read(head.upstream(), head.commit(), path).map(FileContent::content);
            if (content.isPresent()) {
                total += content.get().size();
                if (total > LIMITS.totalBytes()) {
                    throw new KeptnException(new KeptnError.TooLarge("chart", LIMITS.totalBytes()));
                }
                files.put(path.substring(folder.length() + 1), content.get());
            }
        }
        return files;
    }
}
