package sh.keptn.operator.render.helm;

import com.marcnuri.helm.jni.HelmLib;
import com.sun.jna.Native;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sh.keptn.operator.render.helm.WorkerProtocol.Answer;

/**
 * One process that renders. It gets an environment of our making, with no variable of this process in it, a folder that
 * goes with it, and the three jars it needs.
 */
final class WorkerProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED",
            "-Djna.encoding=UTF-8");
    private static final String SOFT_MEMORY_LIMIT = "256MiB";
    private static final int PAGE_BYTES = 4_096;

    private final Process process;
    private final ScratchFolder folder;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    /** What came back. */
    record Reply(Answer answer, String text) {}

    private WorkerProcess(Process process, ScratchFolder folder) {
        this.process = process;
        this.folder = folder;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    static WorkerProcess start(Path parent, Path library, int outputBytes) throws IOException {
        ScratchFolder folder = ScratchFolder.in(parent, "worker-");
        Path kubeconfig = folder.file("kubeconfig");
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        FLAGS.stream(),
                        Stream.of(
                                "-Djava.io.tmpdir=" + folder.path(),
                                "-Djna.tmpdir=" + folder.path(),
                                "-XX:ErrorFile=" + folder.file("crash"),
                                "-cp",
                                classPath(),
                                HelmWorkerMain.class.getName(),
                                library.toString(),
                                kubeconfig.toString(),
                                Integer.toString(outputBytes)))
                .flatMap(each -> each)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        String home = folder.path().toString();
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME", home,
                        "TMPDIR", home,
                        "KUBECONFIG", kubeconfig.toString(),
                        "HELM_CACHE_HOME", home,
                        "HELM_CONFIG_HOME", home,
                        "HELM_DATA_HOME", home,
                        "HELM_DRIVER", "memory",
                        "LC_ALL", "C.UTF-8",
                        "GOMEMLIMIT", SOFT_MEMORY_LIMIT));
        try {
            return new WorkerProcess(builder.start(), folder);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** Waits for the first sign of life. */
    void awaitReady() throws IOException {
        if (WorkerProtocol.kind(answers) != Answer.READY) {
            throw new IOException("the worker does not say that it is ready");
        }
        WorkerProtocol.read(answers, 0);
    }

    Reply render(List<String> request, int outputBytes) throws IOException {
        WorkerProtocol.ask(questions, request);
        Answer answer = WorkerProtocol.kind(answers);
        return new Reply(answer, WorkerProtocol.read(answers, outputBytes));
    }

    ScratchFolder folder() {
        return folder;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The memory it holds, or 0 where the system does not tell. */
    long residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"))
                    .split(" ", -1);
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // It is being killed and cannot refuse: what is left of it must not write into the folder that goes now.
        process.onExit().join();
        folder.close();
    }

    /** The jar of ours, Helm's and JNA's: nothing else is there for a chart to find. */
    private static String classPath() {
        return Stream.of(HelmWorkerMain.class, HelmLib.class, Native.class)
                .map(WorkerProcess::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class of ours comes from no file", e);
        }
    }
}
