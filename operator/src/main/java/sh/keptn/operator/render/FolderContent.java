package sh.keptn.operator.render;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sh.keptn.core.git.Content;

/**
 * The plain files of a service's folder, by their paths relative to it, in lexical order. Links and submodules are not
 * among them.
 */
public record FolderContent(SortedMap<String, Content> files) {
    public FolderContent {
        SortedMap<String, Content> sorted = new TreeMap<>(files);
        files = Collections.unmodifiableSortedMap(sorted);
    }

    /** The files given, whatever their order. */
    public static FolderContent of(Map<String, Content> files) {
        return new FolderContent(new TreeMap<>(files));
    }

    /** The file at a path. */
    public Optional<Content> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The files below a folder, by their paths relative to that; the empty path is everything. */
    public FolderContent below(String folder) {
        if (folder.isEmpty()) {
            return this;
        }
        String prefix = folder + "/";
        SortedMap<String, Content> found = new TreeMap<>();
        files.tailMap(prefix).entrySet().stream()
                .takeWhile(file -> file.getKey().startsWith(prefix))
                .forEach(file -> found.put(file.getKey().substring(prefix.length()), file.getValue()));
        return new FolderContent(found);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }
}
