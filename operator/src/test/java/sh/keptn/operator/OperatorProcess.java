package sh.keptn.operator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The operator as a process of its own, which can be killed. */
final class OperatorProcess {
    private OperatorProcess() {}

    /** Starts it with the settings of the surroundings, and more. */
    static Process start(OperatorExtension keptn, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(keptn.settings());
        settings.put("KUBECONFIG", keptn.kubeconfig().toString());
        settings.putAll(more);
        File log = keptn.directory().resolve("operator.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OperatorMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(settings);
        return builder.start();
    }
}
