package sh.keptn.local.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** One key or certificate in a file, as the programs of Kubernetes read them. */
final class Pem {

    private static final int LINE = 64;

    private final String label;
    private final byte[] content;

    private Pem(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    static Pem privateKey(byte[] pkcs8) {
        return new Pem("PRIVATE KEY", pkcs8);
    }

    static Pem certificate(byte[] der) {
        return new Pem("CERTIFICATE", der);
    }

    /** Writes it for its owner's eyes only. A file that is there is complete: it appears by a rename. */
    void writeTo(Path file) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        String pem =
                "-----BEGIN " + label + "-----\n" + lines.encodeToString(content) + "\n-----END " + label + "-----\n";
        Path directory = file.toAbsolutePath().getParent();
        Path half = Files.createTempFile(
                directory,
                "pem",
                ".half",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, pem.getBytes(StandardCharsets.US_ASCII));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
