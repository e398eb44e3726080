package sh.keptn.local.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code deploy/local/releases}, the one place with addresses and checksums, against what is built instead. */
class PinnedReleasesTest {
    private static final Pattern LINE =
            Pattern.compile("(linux-(?:amd64|arm64)) (\\S+) ((?:[0-9a-f]{64}){1,2}) (https://\\S+)( \\S+)?");

    private final List<Matcher> lines = pinned();

    @Test
    void everyPlatformHasEveryProgramOnce() {
        for (String platform : List.of("linux-amd64", "linux-arm64")) {
            assertThat(lines.stream().filter(line -> line.group(1).equals(platform)))
                    .extracting(line -> line.group(2))
                    .containsExactlyInAnyOrderElementsOf(Releases.PROGRAMS);
        }
    }

    @Test
    void whatIsDownloadedIsOfTheMinorVersionThatIsBuilt() {
        String minor = required("controlplane", "k8s.io/kubernetes v(1\\.\\d+)\\.");

        assertThat(lines.stream().filter(line -> line.group(2).startsWith("kube-")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.group(4)).contains("/v" + minor + "."));
    }

    @Test
    void kwokAndItsStagesAreOfTheVersionThatIsBuilt() {
        String version = required("kwok", "sigs.k8s.io/kwok (v[0-9.]+)");

        assertThat(lines.stream().filter(line -> line.group(4).contains("/kwok/")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.group(4)).contains("/" + version + "/"));
    }

    private static List<Matcher> pinned() {
        return read(Path.of("releases"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> {
                    Matcher matcher = LINE.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    return matcher;
                })
                .toList();
    }

    private static String required(String module, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(read(Path.of(module, "go.mod")));
        assertThat(matcher.find()).as(module).isTrue();
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
