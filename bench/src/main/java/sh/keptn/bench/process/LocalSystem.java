package sh.keptn.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sh.keptn.bench.measure.VoidRun;

/** The system that {@code keptn-local up} started with its state in a folder of its own. */
public final class LocalSystem {
    /** The processes that are Keptn; the others only keep it company. */
    public static final List<String> KEPTN = List.of("operator", "api-server");

    private final Path script;
    private final Path state;

    public LocalSystem(Path script, Path state) {
        this.script = script;
        this.state = state;
    }

    /** A line of the file that {@code up} writes for its users; it holds where things are and the token. */
    public String setting(String name) throws IOException {
        Map<String, String> settings = Files.readAllLines(state.resolve("env")).stream()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
        VoidRun.unless(settings.containsKey(name), "the running system names no " + name);
        return settings.getOrDefault(name, "");
    }

    /** How a process was started, to the letter. */
    public Launch launch(String name) throws IOException {
        return Launch.of(pid(name));
    }

    public Footprint footprint(String name) throws IOException {
        return Footprint.of(pid(name));
    }

    public Processor processor(String name) throws IOException {
        return Processor.of(pid(name));
    }

    /** The administrator's way into its cluster. */
    public Path kubeconfig() {
        return state.resolve("kubeconfig");
    }

    /** Ends a process as the script would, and waits until it is gone. */
    public void end(String name) throws IOException {
        ProcessHandle.of(pid(name)).ifPresent(process -> {
            process.destroy();
            process.onExit().join();
        });
    }

    public void up() throws IOException, InterruptedException {
        run("up");
    }

    public void down() throws IOException, InterruptedException {
        run("down");
    }

    private void run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("KEPTN_LOCAL_STATE", state.toString());
        VoidRun.unless(builder.start().waitFor() == 0, "keptn-local " + command + " failed");
    }

    private long pid(String name) throws IOException {
        return Long.parseLong(
                Files.readString(state.resolve("run/" + name + ".pid")).strip());
    }
}
