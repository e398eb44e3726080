package sh.keptn.operator.render.helm;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.Result;
import com.marcnuri.helm.jni.TemplateOptions;
import com.sun.jna.Native;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import sh.keptn.operator.render.helm.WorkerProtocol.Answer;

/**
 * The process that renders charts. It reads requests from its standard input and ends with it, in the midst of a chart
 * too. It knows no cluster: what a chart looks up is answered by {@link EmptyCluster}.
 */
final class HelmWorkerMain {
    private static final int LONGEST_REASON = 4_096;

    private final HelmLib helm;
    private final DataOutputStream out;
    private final int outputBytes;

    private HelmWorkerMain(HelmLib helm, DataOutputStream out, int outputBytes) {
        this.helm = helm;
        this.out = out;
        this.outputBytes = outputBytes;
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the library, the file that the environment names as KUBECONFIG, the limit of an answer
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        // Nobody but this class may write to what the operator reads.
        System.setOut(System.err);
        EmptyCluster.start(Path.of(arguments[1]));
        HelmLib helm = Native.load(arguments[0], HelmLib.class);
        SynchronousQueue<List<String>> requests = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("requests").start(() -> receive(requests));
        HelmWorkerMain worker = new HelmWorkerMain(helm, out, Integer.parseInt(arguments[2]));
        WorkerProtocol.answer(out, Answer.READY, new byte[0]);
        while (true) {
            worker.render(requests.take());
        }
    }

    private static void receive(SynchronousQueue<List<String>> requests) {
        try (DataInputStream in = new DataInputStream(System.in)) {
            while (true) {
                requests.put(WorkerProtocol.question(in));
            }
        } catch (IOException e) {
            // The operator is gone or wants this process to be.
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Runtime.getRuntime().halt(1);
        }
    }

    private void render(List<String> request) throws IOException {
        Result result = helm.Template(new TemplateOptions(
                request.get(0),
                null,
                request.get(3),
                request.get(1),
                request.get(2),
                0,
                0,
                null,
                null,
                request.get(4),
                null,
                null,
                null,
                0,
                0,
                null,
                0,
                null));
        String rendered = result.out;
        String reason = result.err;
        helm.Free(result);
        if (reason != null && !reason.isBlank()) {
            String cut = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
            WorkerProtocol.answer(out, Answer.REFUSED, cut.getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] bytes = rendered == null ? new byte[0] : rendered.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > outputBytes) {
            WorkerProtocol.answer(out, Answer.TOO_LARGE, new byte[0]);
        } else {
            WorkerProtocol.answer(out, Answer.RENDERED, bytes);
        }
    }
}
