package sh.keptn.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import sh.keptn.core.error.KeptnException;

class HelmChartArchiveTest {
    private final HelmChartArchive charts = new HelmChartArchive(HelmChartArchive.Limits.DEFAULT);

    @Test
    void unpacksWhatItPacked() {
        Content archive = charts.pack(
                "carts",
                Map.of("Chart.yaml", Content.ofText("name: carts"), "templates/a.yaml", Content.ofText("a: 1")));

        assertThat(charts.unpack("x/helm/carts", archive))
                .containsExactly(
                        new Change.Clear("x/helm/carts"),
                        new Change.Put("x/helm/carts/Chart.yaml", Content.ofText("name: carts")),
                        new Change.Put("x/helm/carts/templates/a.yaml", Content.ofText("a: 1")));
    }

    @Test
    void packsTheSameFilesIntoTheSameBytes() {
        Map<String, Content> files = Map.of("Chart.yaml", Content.ofText("a"), "b", Content.ofText("b"));

        assertThat(charts.pack("carts", files)).isEqualTo(charts.pack("carts", files));
    }

    @Test
    void takesTheTopFolderWhateverItsName() {
        Content archive = tgz(tar -> {
            folder(tar, "./other/");
            file(tar, "./other/Chart.yaml", "x");
        });

        assertThat(charts.unpack("helm/carts", archive))
                .contains(new Change.Put("helm/carts/Chart.yaml", Content.ofText("x")));
    }

    @Test
    void refusesHostileArchives() {
        Map<String, Content> hostile = Map.ofEntries(
                Map.entry("no gzip", Content.ofText("plain")),
                Map.entry("nothing", tgz(tar -> {})),
                Map.entry("no chart", tgz(tar -> file(tar, "c/values.yaml", "x"))),
                Map.entry("two tops", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "d/Chart.yaml", "x");
                })),
                Map.entry("file beside", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "readme", "x");
                })),
                Map.entry("way out", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/../../x", "x");
                })),
                Map.entry("way out at once", tgz(tar -> file(tar, "../Chart.yaml", "x"))),
                Map.entry("git folder", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/.git/config", "x");
                })),
                Map.entry("backslash", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/a\\b", "x");
                })),
                Map.entry("symbolic link", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    special(tar, "c/link", TarConstants.LF_SYMLINK);
                })),
                Map.entry("hard link", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    special(tar, "c/link", TarConstants.LF_LINK);
                })),
                Map.entry("device", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    special(tar, "c/dev", TarConstants.LF_BLK);
                })),
                Map.entry("twice", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/Chart.yaml", "y");
                })),
                Map.entry("file and folder", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/a", "x");
                    file(tar, "c/a/b", "x");
                })),
                Map.entry("long name", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/" + "n".repeat(300), "x");
                })),
                Map.entry("many entries", tgz(tar -> {
                    for (int i = 0; i < 5_001; i++) {
                        file(tar, "c/" + i, "");
                    }
                })),
                Map.entry("bomb", tgz(tar -> {
                    file(tar, "c/Chart.yaml", "x");
                    file(tar, "c/zeros", "0".repeat(20 << 20));
                })),
                Map.entry("cut", cut(tgz(tar -> file(tar, "c/Chart.yaml", "x".repeat(100_000))))));

        hostile.forEach((what, archive) -> {
            KeptnException refusal = catchThrowableOfType(KeptnException.class, () -> charts.unpack("helm/c", archive));
            assertThat(refusal).as(what).isNotNull().hasMessageStartingWith("chart archive: ");
        });
    }

    private static Content cut(Content archive) {
        return Content.of(java.util.Arrays.copyOf(archive.bytes(), archive.size() / 2));
    }

    private static Content tgz(Consumer<TarArchiveOutputStream> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            entries.accept(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Content.of(bytes.toByteArray());
    }

    private static void folder(TarArchiveOutputStream tar, String name) {
        entry(tar, new TarArchiveEntry(name, true), "");
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) {
        entry(tar, new TarArchiveEntry(name, true), text);
    }

    private static void special(TarArchiveOutputStream tar, String name, byte kind) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setLinkName("/etc/passwd");
        entry(tar, entry, "");
    }

    private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesTheReason() {
        assertThatThrownBy(() -> charts.unpack("helm/c", tgz(tar -> file(tar, "c/values.yaml", "x"))))
                .hasMessage("chart archive: holds no Chart.yaml in its top folder");
    }
}
