package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.StoredConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;

/**
 * The mirrors of one process, each in a folder of its own below one directory. What an earlier process left there is
 * swept away at the start: no two processes share a directory.
 */
final class Mirrors implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

    private final Path directory;
    private final Map<Key, Mirror> open = new HashMap<>();
    private long serial;

    /** One project's view of one address: two projects never share objects. */
    record Key(ProjectName project, GitUrl url) {
        static Key of(Upstream upstream) {
            return new Key(upstream.project(), upstream.url());
        }
    }

    Mirrors(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            sweep(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory for Git mirrors cannot be used", e);
        }
    }

    /** The mirror for an upstream, empty when it is new. */
    synchronized Mirror of(Upstream upstream) {
        return open.computeIfAbsent(Key.of(upstream), this::create);
    }

    synchronized Optional<Mirror> known(Upstream upstream) {
        return Optional.ofNullable(open.get(Key.of(upstream)));
    }

    /** Throws a mirror away, if it is still the one in use; the next who asks gets a new one. */
    synchronized void discard(Upstream upstream, Mirror broken) {
        if (open.remove(Key.of(upstream), broken)) {
            log.atWarn()
                    .addKeyValue("project", upstream.project())
                    .log("Git mirror is damaged; it is made anew from the upstream");
            delete(broken);
        }
    }

    synchronized void forget(ProjectName project) {
        List<Key> keys = open.keySet().stream()
                .filter(key -> key.project().equals(project))
                .toList();
        keys.forEach(key -> Optional.ofNullable(open.remove(key)).ifPresent(Mirrors::delete));
    }

    synchronized Collection<Mirror> all() {
        return List.copyOf(open.values());
    }

    private Mirror create(Key key) {
        try {
            Path path = directory.resolve(key.project() + "-" + ++serial + ".git");
            FileRepository repository = new FileRepository(path.toFile());
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setInt("gc", null, "auto", 0);
            config.setInt("gc", null, "autopacklimit", 0);
            config.setBoolean("receive", null, "autogc", false);
            config.setBoolean("core", null, "logallrefupdates", false);
            // The answer to a fetch is one request that carries its own advertisement.
            config.setInt("protocol", null, "version", 0);
            return new Mirror(repository);
        } catch (IOException e) {
            throw new UncheckedIOException("a Git mirror cannot be made", e);
        }
    }

    private static void delete(Mirror mirror) {
        mirror.repository().close();
        try {
            deleteTree(mirror.repository().getDirectory().toPath());
        } catch (IOException e) {
            log.atWarn().setCause(e).log("a Git mirror could not be removed; the next start sweeps it away");
        }
    }

    private static void sweep(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                deleteTree(entry);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.isDirectory(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Mirrors::delete);
        open.clear();
    }
}
