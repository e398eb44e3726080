package sh.keptn.local.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A checkout that holds the script, its parts, and nothing else. */
final class Checkout implements AutoCloseable {
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    Checkout(Path folder) throws IOException {
        this.folder = folder;
        Path script = folder.resolve("keptn-local");
        Files.copy(Path.of("../../keptn-local"), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path parts = Files.createDirectories(folder.resolve("deploy/local/sh"));
        try (Stream<Path> files = Files.list(Path.of("sh"))) {
            for (Path part : files.toList()) {
                Files.copy(part, parts.resolve(part.getFileName()));
            }
        }
    }

    Path resolve(String path) {
        return folder.resolve(path);
    }

    /** Ends with this checkout. */
    Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // The state of whoever runs these tests is not this checkout's.
        builder.environment().remove("KEPTN_LOCAL_STATE");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    Answer keptnLocal(String... arguments) throws Exception {
        return keptnLocal(Map.of(), arguments);
    }

    Answer keptnLocal(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./keptn-local"));
        command.addAll(List.of(arguments));
        return Answer.of(start(environment, command.toArray(String[]::new)));
    }

    /** A folder for the PATH that has these of the system's tools, as far as the system has them, and no others. */
    Path onlyTheTools(String... names) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name : names) {
            for (Path tool : List.of(Path.of("/bin", name), Path.of("/usr/bin", name))) {
                if (Files.isExecutable(tool) && Files.notExists(tools.resolve(name))) {
                    // No link: some tools look at the name they are called by.
                    executable(tools.resolve(name), "exec " + tool + " \"$@\"");
                }
            }
        }
        return tools;
    }

    static void executable(Path file, String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }

    record Answer(int code, String text) {
        static Answer of(Process process) throws Exception {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        }
    }
}
