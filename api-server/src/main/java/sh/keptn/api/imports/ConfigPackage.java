package sh.keptn.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import sh.keptn.api.http.Refusal;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * A zip with a {@code manifest.yaml} at its root. Nothing of it is ever unpacked to the disk; every entry was unpacked
 * once into nothing before the first is used, so that one that lies about its size is found out.
 */
final class ConfigPackage implements AutoCloseable {
    static final String MANIFEST = "manifest.yaml";

    private static final int STATUS = 415;

    /** Below this, a high ratio is no bomb but an empty file. */
    private static final long SMALL = 1 << 20;

    private static final int BUFFER = 16 * 1024;

    private final ZipFile zip;
    private final Limits limits;

    private ConfigPackage(ZipFile zip, Limits limits) {
        this.zip = zip;
        this.limits = limits;
    }

    /**
     * How much a package may become.
     *
     * @param totalBytes of all files unpacked
     * @param fileBytes of one file that a task uses
     * @param ratio unpacked to packed
     */
    record Limits(long totalBytes, int fileBytes, int entries, int nameLength, int ratio) {
        static Limits of(long totalBytes) {
            return new Limits(totalBytes, 5 << 20, 5_000, 1_024, 200);
        }
    }

    /**
     * Opens and checks one.
     *
     * @throws Refusal 415 for what is no such zip or above a limit
     */
    static ConfigPackage open(Path file, Limits limits) {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw refuse("is no zip archive");
        }
        try {
            ConfigPackage opened = new ConfigPackage(zip, limits);
            opened.check();
            return opened;
        } catch (RuntimeException e) {
            close(zip);
            throw e;
        }
    }

    boolean holds(String name) {
        ZipEntry entry = zip.getEntry(name);
        return entry != null && !entry.isDirectory();
    }

    /**
     * The content of a file.
     *
     * @throws KeptnException {@code Invalid} if it is not there or too large to be used
     */
    byte[] read(String name) {
        ZipEntry entry = Optional.ofNullable(zip.getEntry(name))
                .filter(found -> !found.isDirectory())
                .orElseThrow(() -> KeptnException.invalid("package", "holds no file '" + Printable.of(name) + "'"));
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(limits.fileBytes() + 1);
            if (content.length > limits.fileBytes()) {
                throw KeptnException.invalid(
                        "package", "file '" + Printable.of(name) + "' has more than " + limits.fileBytes() + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw refuse("is damaged");
        }
    }

    private void check() {
        if (zip.size() > limits.entries()) {
            throw refuse("holds more than " + limits.entries() + " entries");
        }
        Set<String> names = new HashSet<>();
        long total = 0;
        var entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            requireName(entry.getName());
            if (!names.add(entry.getName())) {
                throw refuse("holds '" + Printable.of(entry.getName()) + "' twice");
            }
            if (!entry.isDirectory()) {
                total += unpacked(entry, limits.totalBytes() - total);
            }
        }
        if (!holds(MANIFEST)) {
            throw refuse("holds no " + MANIFEST);
        }
    }

    private void requireName(String name) {
        boolean leaves = name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../");
        boolean odd = name.isEmpty()
                || name.length() > limits.nameLength()
                || name.codePoints().anyMatch(Character::isISOControl);
        if (leaves || odd) {
            throw refuse("holds an entry whose name is not allowed: '" + Printable.of(name) + "'");
        }
    }

    /** How large the entry really is. */
    private long unpacked(ZipEntry entry, long left) {
        long packed = Math.max(1, entry.getCompressedSize());
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > left) {
                    throw refuse("is larger than " + limits.totalBytes() + " bytes unpacked");
                }
                if (size > SMALL && size / packed > limits.ratio()) {
                    throw refuse("is unpacked more than " + limits.ratio() + " times as large");
                }
            }
            return size;
        } catch (IOException | IllegalArgumentException e) {
            throw refuse("is damaged");
        }
    }

    private static Refusal refuse(String why) {
        return new Refusal(STATUS, "configPackage: " + why);
    }

    @Override
    public void close() {
        close(zip);
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
