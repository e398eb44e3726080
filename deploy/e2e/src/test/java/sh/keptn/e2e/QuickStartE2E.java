package sh.keptn.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** README's quick start is typed in as it stands there. */
@ExtendWith(RunningSystem.class)
class QuickStartE2E {
    private static final Pattern BLOCK = Pattern.compile("## Quick start.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_COMMANDS = 25;

    private final LocalSystem system;

    QuickStartE2E(LocalSystem system) {
        this.system = system;
    }

    @Test
    void everyLineOfTheQuickStartDoesWhatItSays() throws IOException {
        String readme = Files.readString(system.checkout().resolve("README.md"));
        Matcher block = BLOCK.matcher(readme);
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        String script = block.group(1).replace(".local/", system.state() + "/");

        String output = system.shell(system.checkout(), script).succeeded();

        assertThat(lines).hasSizeLessThanOrEqualTo(MOST_COMMANDS);
        assertThat(output)
                .containsPattern("keptnproject.keptn.sh/podtato-head +True")
                .contains("201")
                .contains("refs/heads/production")
                .contains("\"commitID\":\"")
                .contains("Updated resource")
                .contains("\"resourceContent\":\"aW1hZ2U6IGFwaToxLjAK\"")
                .contains("keptnservice.keptn.sh/hello.api condition met")
                .contains("keptnservicedeployment.keptn.sh/hello.dev.api condition met")
                .contains("deployment.apps/api");
    }
}
