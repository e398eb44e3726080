package sh.keptn.operator.render;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Printable;

/**
 * Reads a service's folder out of a commit, file by file, until a limit is met. A symbolic link is left out, as is a
 * submodule: neither is ever followed, so that nothing outside the folder can be named by it.
 */
public final class FolderReader {
    private static final Logger log = LoggerFactory.getLogger(FolderReader.class);

    private final FolderLimits limits;

    public FolderReader(FolderLimits limits) {
        this.limits = limits;
    }

    /**
     * The plain files of a folder; none where there is no such folder.
     *
     * @param folder the service's folder from the root of the repository
     * @throws KeptnException {@code TooLarge} above a limit
     */
    public FolderContent read(GitStore store, Upstream upstream, CommitId commit, String folder) {
        Map<String, Content> files = new TreeMap<>();
        Visit visit = new Visit(store, upstream, commit, folder.isEmpty() ? "" : folder + "/", files);
        store.walk(upstream, commit, folder, visit::see);
        return FolderContent.of(files);
    }

    private final class Visit {
        private final GitStore store;
        private final Upstream upstream;
        private final CommitId commit;
        private final String prefix;
        private final Map<String, Content> files;
        private long bytes;

        Visit(GitStore store, Upstream upstream, CommitId commit, String prefix, Map<String, Content> files) {
            this.store = store;
            this.upstream = upstream;
            this.commit = commit;
            this.prefix = prefix;
            this.files = files;
        }

        void see(TreeEntry entry) {
            switch (entry.kind()) {
                case FILE -> take(entry);
                case LINK, SUBMODULE ->
                    log.atDebug()
                            .addKeyValue("path", Printable.of(entry.path()))
                            .log("left out: links and submodules are not followed");
                case FOLDER -> {}
            }
        }

        private void take(TreeEntry entry) {
            String path = entry.path().substring(prefix.length());
            if (path.split("/", -1).length > limits.depth()) {
                throw tooLarge("the depth of the service's folder", limits.depth());
            }
            if (files.size() == limits.files()) {
                throw tooLarge("the number of files in the service's folder", limits.files());
            }
            store.read(upstream, commit, entry.path()).ifPresent(file -> {
                bytes += file.content().size();
                if (bytes > limits.totalBytes()) {
                    throw tooLarge("the service's folder", limits.totalBytes());
                }
                files.put(path, file.content());
            });
        }

        private static KeptnException tooLarge(String what, long limit) {
            return new KeptnException(new KeptnError.TooLarge(what, limit));
        }
    }
}
