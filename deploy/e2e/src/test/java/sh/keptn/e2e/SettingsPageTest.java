package sh.keptn.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/settings.md names every variable that the two processes read, and no other. */
class SettingsPageTest {
    private static final Pattern READ = Pattern.compile("(?:env\\.[a-z]+\\(\\s*\"|\\$\\{)([A-Z_]+)(?:\"|:-)");
    private static final Pattern NAMED = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);

    @Test
    void namesEveryVariableThatIsReadAndNoOther() throws IOException {
        Path root = LocalSystem.checkoutRoot();

        Set<String> named = matches(NAMED, Files.readString(root.resolve("docs/settings.md")));

        assertThat(named).isEqualTo(readIn(root.resolve("operator"), root.resolve("api-server")));
    }

    private static Set<String> readIn(Path... modules) throws IOException {
        Set<String> variables = new TreeSet<>();
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module.resolve("src/main"))) {
                files.filter(file -> file.toString().endsWith(".java") || file.endsWith("logback.xml"))
                        .forEach(file -> variables.addAll(matches(READ, text(file))));
            }
        }
        return variables;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
