package sh.keptn.core.git;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;
import sh.keptn.core.model.ResourcePath;

/**
 * Keptn's rule for charts: {@code helm/<name>.tgz} stands in Git as the folder {@code helm/<name>/} and is packed again
 * when it is read. What is no plain chart, and what is larger unpacked than it has any reason to be, is refused before
 * it takes up memory.
 */
public final class HelmChartArchive {
    private static final String FIELD = "chart archive";
    private static final String CHART_FILE = "Chart.yaml";
    private static final int UNKNOWN_SYSTEM = 255;
    /** Below this, a high ratio is no bomb but an empty file. */
    private static final long RATIO_COUNTS_FROM = 1L << 20;

    private final Limits limits;

    /**
     * What a chart may be at most.
     *
     * @param totalBytes all files together, unpacked
     * @param entries files and folders
     * @param ratio unpacked to packed
     */
    public record Limits(long totalBytes, int entries, int ratio) {
        public static final Limits DEFAULT = new Limits(32L << 20, 5_000, 100);
    }

    public HelmChartArchive(Limits limits) {
        this.limits = limits;
    }

    /**
     * The changes that put a chart in place of whatever stood in a folder.
     *
     * @param folder the chart's folder from the root of the tree, {@code …/helm/<name>}
     * @throws KeptnException {@code Invalid} with the reason why this is no chart
     */
    public List<Change> unpack(String folder, Content archive) {
        SortedMap<String, Content> files = files(archive);
        if (!files.containsKey(CHART_FILE)) {
            throw refuse("holds no Chart.yaml in its top folder");
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Clear(folder));
        files.forEach((path, content) -> changes.add(new Change.Put(folder + "/" + path, content)));
        return changes;
    }

    /**
     * The archive of a folder: the same files give the same bytes.
     *
     * @param name the archive's top folder
     * @param files by their paths below the chart's folder
     */
    public Content pack(String name, Map<String, Content> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GzipParameters header = new GzipParameters();
        header.setOperatingSystem(UNKNOWN_SYSTEM);
        try (GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(bytes, header);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, Content> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(name + "/" + file.getKey());
                entry.setSize(file.getValue().size());
                entry.setModTime(0L);
                entry.setMode(0100644);
                entry.setIds(0, 0);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().bytes());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot fail", e);
        }
        return Content.of(bytes.toByteArray());
    }

    private SortedMap<String, Content> files(Content archive) {
        SortedMap<String, Content> files = new TreeMap<>();
        String top = "";
        long total = 0;
        int count = 0;
        try (InputStream unpacked = new Bounded(new GzipCompressorInputStream(archive.stream()), archive.size());
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++count > limits.entries()) {
                    throw refuse("holds more than " + limits.entries() + " entries");
                }
                if (entry.isGlobalPaxHeader()) {
                    continue;
                }
                requirePlain(entry);
                String name = normalised(entry.getName());
                if (name.isEmpty()) {
                    continue;
                }
                int slash = name.indexOf('/');
                String first = slash < 0 ? name : name.substring(0, slash);
                if (top.isEmpty()) {
                    top = pathOf(first);
                }
                if (!first.equals(top) || (slash < 0 && !entry.isDirectory())) {
                    throw refuse("must hold exactly one top folder and nothing beside it");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                total += entry.getSize();
                if (entry.getSize() < 0 || total > limits.totalBytes()) {
                    throw refuse("holds more than " + limits.totalBytes() + " bytes unpacked");
                }
                String path = pathOf(name.substring(slash + 1));
                Content content = Content.of(tar.readNBytes(Math.toIntExact(entry.getSize())));
                if (content.size() != entry.getSize()) {
                    throw refuse("ends too early");
                }
                if (files.put(path, content) != null) {
                    throw refuse("holds '" + Printable.of(path) + "' twice");
                }
            }
        } catch (TooMuch e) {
            throw refuse("is unpacked more than " + limits.ratio() + " times as large, or above the limit of "
                    + limits.totalBytes() + " bytes");
        } catch (IOException | IllegalArgumentException e) {
            throw refuse("is not a gzip-compressed tar archive");
        }
        requireNoFileIsAFolder(files);
        return files;
    }

    private static void requirePlain(TarArchiveEntry entry) {
        boolean file = entry.getLinkFlag() == TarConstants.LF_NORMAL
                || entry.getLinkFlag() == TarConstants.LF_OLDNORM
                || entry.getLinkFlag() == TarConstants.LF_CONTIG;
        if (entry.isSparse() || !(entry.isDirectory() || file)) {
            throw refuse("holds a link, a device or a sparse file");
        }
    }

    private static String normalised(String name) {
        if (name.startsWith("/") || name.indexOf('\\') >= 0) {
            throw refuse("holds an absolute name or a backslash");
        }
        String plain = name;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        return plain.replaceAll("/+$", "").equals(".") ? "" : plain.replaceAll("/+$", "");
    }

    /** A chart's files obey the same rules as every other resource. */
    private static String pathOf(String name) {
        try {
            return new ResourcePath(name).value();
        } catch (KeptnException e) {
            throw refuse("holds the name '" + Printable.of(name) + "', which is not allowed: "
                    + e.error().message());
        }
    }

    private static void requireNoFileIsAFolder(SortedMap<String, Content> files) {
        for (String path : files.keySet()) {
            SortedMap<String, Content> after = files.tailMap(path + "/");
            if (!after.isEmpty() && after.firstKey().startsWith(path + "/")) {
                throw refuse("holds '" + Printable.of(path) + "' as a file and as a folder");
            }
        }
    }

    private static KeptnException refuse(String why) {
        return KeptnException.invalid(FIELD, why);
    }

    private static final class TooMuch extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    /** Counts what leaves the decompressor, headers and all, so that nothing behind it can be made to grow. */
    private final class Bounded extends FilterInputStream {
        private final long most;
        private long seen;

        Bounded(InputStream in, long packed) {
            super(in);
            long headers = 2048L * limits.entries();
            this.most = Math.min(limits.totalBytes() + headers, Math.max(RATIO_COUNTS_FROM, packed * limits.ratio()));
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count(Math.max(0, got));
            return got;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws TooMuch {
            seen += bytes;
            if (seen > most) {
                throw new TooMuch();
            }
        }
    }
}
