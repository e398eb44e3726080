package sh.keptn.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file with a secret in it: for its owner's eyes only, and never there by half. */
final class PrivateFile {

    private PrivateFile() {}

    static void write(Path file, String content) throws IOException {
        // A temporary file is readable by its owner alone from the start.
        Path half = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".half");
        Files.writeString(half, content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
