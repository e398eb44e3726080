package sh.keptn.local.script;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Pins of a checkout's own, in {@code deploy/local/releases}, of files that a mirror serves. */
final class Releases {
    static final List<String> PROGRAMS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "stages.yaml");

    private static final List<String> PLATFORMS =
            List.of("linux-amd64", "linux-arm64", "darwin-arm64", "darwin-x86_64");

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Releases(Checkout checkout) {
        this.file = checkout.resolve("deploy/local/releases");
    }

    /** Pins what is in the file as it is now. */
    Releases pin(String program, Path content, String address, String member) throws IOException {
        return pin(program, sum(content, member.isEmpty() ? "SHA-256" : "SHA-512"), address, member);
    }

    Releases pin(String program, String sum, String address, String member) throws IOException {
        for (String platform : PLATFORMS) {
            lines.add(String.join(" ", platform, program, sum, address, member));
        }
        Files.write(file, lines);
        return this;
    }

    static String sum(Path content, String algorithm) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            try (var bytes = new DigestInputStream(Files.newInputStream(content), digest)) {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
