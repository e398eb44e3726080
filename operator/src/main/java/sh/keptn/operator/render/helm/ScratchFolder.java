package sh.keptn.operator.render.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.Printable;

/** A folder of our own that is gone with everything in it once it is closed; only this user can look into it. */
final class ScratchFolder implements AutoCloseable {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 1_024;

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    static ScratchFolder in(Path parent, String prefix) {
        try {
            Files.createDirectories(parent);
            return new ScratchFolder(Files.createTempDirectory(
                    parent,
                    prefix,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder can be made for rendering", e);
        }
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path write(String name, Content content) {
        Path file = path.resolve(name);
        try {
            Files.write(file, content.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a file for rendering cannot be written", e);
        }
        return file;
    }

    /**
     * Lays files below a folder of this one.
     *
     * @throws KeptnException {@code Invalid} for a path that is no plain relative one
     */
    Path lay(String name, String called, SortedMap<String, Content> files) {
        Path folder = path.resolve(name);
        try {
            Files.createDirectory(folder);
            for (Map.Entry<String, Content> file : files.entrySet()) {
                requirePlain(called, file.getKey());
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue().bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the chart cannot be laid out for rendering", e);
        }
        return folder;
    }

    /** Only what every file system and every locale writes the same: what this process may be started in is unknown. */
    private static void requirePlain(String called, String path) {
        boolean plain = path.length() <= LONGEST_PATH && path.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\');
        for (String segment : path.split("/", -1)) {
            plain &= !segment.isEmpty()
                    && !segment.equals(".")
                    && !segment.equals("..")
                    && segment.length() <= LONGEST_NAME;
        }
        if (!plain) {
            throw KeptnException.invalid(
                    called,
                    "holds a file named '" + Printable.of(path)
                            + "'; a chart's files must have plain relative names of ASCII characters");
        }
    }

    /** Deletes everything in a folder, and the folder. Links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("a folder of rendering cannot be deleted", e);
        }
    }
}
