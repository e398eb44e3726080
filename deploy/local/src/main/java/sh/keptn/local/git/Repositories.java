package sh.keptn.local.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.FS;

/** The bare repositories of a directory, each with its token in a file beside Git's own. Nothing is ever deleted. */
final class Repositories {
    private static final String TOKEN_FILE = "keptn-token";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(java.time.ZoneOffset.UTC);

    private final Path directory;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock layout = new ReentrantLock();
    private final Map<RepositoryName, Entry> open = new ConcurrentHashMap<>();

    /** One repository that is served. */
    record Entry(RepositoryName name, Repository repository, String token) {}

    Repositories(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    Path directoryOf(RepositoryName name) {
        return directory.resolve(name.value() + ".git");
    }

    /** The repository of that name, if there is one. */
    Optional<Entry> find(RepositoryName name) {
        Entry known = open.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        layout.lock();
        try {
            return Files.exists(directoryOf(name).resolve(TOKEN_FILE))
                    ? Optional.of(open.computeIfAbsent(name, this::load))
                    : Optional.empty();
        } finally {
            layout.unlock();
        }
    }

    /** The repository of that name, made if there is none. */
    Entry provision(RepositoryName name) {
        layout.lock();
        try {
            Optional<Entry> present = find(name);
            if (present.isPresent()) {
                return present.get();
            }
            create(name);
            return open.computeIfAbsent(name, this::load);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            layout.unlock();
        }
    }

    /** Moves a repository aside, under a name with the time in it; false if there is none. */
    boolean retire(RepositoryName name) {
        layout.lock();
        try {
            Path path = directoryOf(name);
            if (!Files.exists(path)) {
                return false;
            }
            Entry entry = open.remove(name);
            if (entry != null) {
                entry.repository().close();
                RepositoryCache.close(entry.repository());
            }
            Files.move(path, path.resolveSibling(path.getFileName() + ".deleted-" + STAMP.format(Instant.now())));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            layout.unlock();
        }
    }

    /** Built beside and moved into place, so that a half-made repository is never found. */
    private void create(RepositoryName name) throws IOException {
        Path target = directoryOf(name);
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempDirectory(directory, ".new-");
        try (FileRepository repository = new FileRepository(draft.toFile())) {
            repository.create(true);
            repository.updateRef("HEAD").link("refs/heads/main");
            StoredConfig config = repository.getConfig();
            config.setBoolean(ConfigConstants.CONFIG_RECEIVE_SECTION, null, "denyNonFastForwards", false);
            config.setBoolean(ConfigConstants.CONFIG_RECEIVE_SECTION, null, "autogc", false);
            config.setBoolean("http", null, "receivepack", true);
            // What is received comes in packs, which JGit always syncs to disk; the ref is what it must be told to
            // sync.
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", true);
            config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, "auto", 0);
            config.save();
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        Path token = draft.resolve(TOKEN_FILE);
        Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, HexFormat.of().formatHex(secret));
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Entry load(RepositoryName name) {
        try {
            Path path = directoryOf(name);
            String token = Files.readString(path.resolve(TOKEN_FILE)).strip();
            Repository repository =
                    RepositoryCache.open(RepositoryCache.FileKey.exact(path.toFile(), FS.DETECTED), true);
            return new Entry(name, repository, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
