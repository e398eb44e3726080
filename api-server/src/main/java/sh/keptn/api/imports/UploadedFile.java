package sh.keptn.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A file that is there for as long as one request is worked on. */
record UploadedFile(Path path) implements AutoCloseable {

    /** Empties the folder: what lies there was left by a process that was killed. */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for uploads cannot be used", e);
        }
    }

    /** A new, empty one. */
    static UploadedFile in(Path folder) {
        try {
            return new UploadedFile(Files.createTempFile(folder, "import-", ".zip"));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for uploads cannot be written", e);
        }
    }

    void fill(InputStream in) throws IOException {
        Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("an upload cannot be deleted", e);
        }
    }
}
