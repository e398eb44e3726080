package sh.keptn.local.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sh.keptn.local.script.Checkout.Answer;

/**
 * Where the control plane's programs come from when the cache is empty: a mirror on this machine, in all its moods, and
 * Go after it, of which it only matters here that it is called.
 */
class DownloadIT {
    private static final String MEMBER = "controller-tools/envtest/etcd";
    private static final String[] TOOLS = {
        "sh",
        "dirname",
        "awk",
        "sed",
        "cat",
        "grep",
        "rm",
        "rmdir",
        "ls",
        "sleep",
        "date",
        "mkdir",
        "mv",
        "cut",
        "uname",
        "tr",
        "cksum",
        "df",
        "tail",
        "chmod",
        "wc",
        "sha256sum",
        "sha512sum",
        "shasum",
        "tar",
        "gzip",
        "env"
    };

    private Checkout checkout;
    private Mirror mirror;
    private Path content;
    private Path goWasCalled;

    @BeforeEach
    void makeACheckoutWithAMirror(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder);
        mirror = new Mirror();
        content = Files.createDirectories(folder.resolve("content"));
        goWasCalled = folder.resolve("go-was-called");
        for (String module : List.of("controlplane", "kwok")) {
            Path copy = Files.createDirectories(checkout.resolve("deploy/local").resolve(module));
            for (String file : List.of("go.mod", "go.sum")) {
                Files.copy(Path.of(module, file), copy.resolve(file));
            }
        }
        Checkout.executable(folder.resolve("go/go"), "echo called >>" + goWasCalled + "; exit 1");
    }

    @AfterEach
    void end() {
        checkout.close();
        mirror.close();
    }

    @Test
    void startsAControlPlaneOfReleasedProgramsWithoutGo() throws Exception {
        Files.createSymbolicLink(
                checkout.resolve("deploy/local/src"), Path.of("src").toAbsolutePath());
        Process programs = new ProcessBuilder("../../keptn-local", "programs").start();
        Map<String, Path> built = new HashMap<>();
        for (String line : Answer.of(programs).text().lines().toList()) {
            built.put(line.substring(0, line.indexOf('=')), Path.of(line.substring(line.indexOf('=') + 1)));
        }
        assertThat(built).containsOnlyKeys(Releases.PROGRAMS);
        publish(built);

        Answer up = checkout.keptnLocal(environment(), "controlplane", "up");
        Path run = checkout.resolve(".local/controlplane/run/");
        try {
            assertThat(up.text()).contains("export KEPTN_IT_KUBECONFIG=");
            assertThat(up.code()).isZero();
            assertThat(goWasCalled).doesNotExist();
            for (String process :
                    List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok")) {
                long pid = Long.parseLong(
                        Files.readString(run.resolve(process + ".pid")).strip());
                assertThat(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow())
                        .startsWith(cache().resolve("keptn-local/released-").toString());
            }
        } finally {
            assertThat(checkout.keptnLocal("controlplane", "down").code()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transferTools")
    void keepsWhatItDownloadedForTheNextTime(String tool) throws Exception {
        publishSmallPrograms();
        Map<String, String> environment = environment();
        environment.put("PATH", pathWith(tool));

        Answer first = checkout.keptnLocal(environment, "programs");
        List<String> asked = mirror.requests();
        Answer second = checkout.keptnLocal(environment, "programs");

        assertThat(first.code()).as(first.text()).isZero();
        assertThat(asked).hasSize(Releases.PROGRAMS.size()).doesNotHaveDuplicates();
        assertThat(second.code()).isZero();
        assertThat(mirror.requests()).isEqualTo(asked);
        assertThat(released("etcd")).isExecutable().hasContent("etcd");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void refusesAFileWithAnotherSumAndBuildsInstead() throws Exception {
        publishSmallPrograms();
        Path other = Files.writeString(content.resolve("other"), "something else");
        mirror.serve("/dl.k8s.io/release/kube-apiserver", other);

        Answer up = checkout.keptnLocal(environment(), "programs");

        assertThat(up.text())
                .contains("/dl.k8s.io/release/kube-apiserver is not the file that is pinned")
                .contains("expected  " + Releases.sum(content.resolve("kube-apiserver"), "SHA-256"))
                .contains("found     " + Releases.sum(other, "SHA-256"));
        assertThat(leftovers()).isEmpty();
        assertThat(goWasCalled).exists();
    }

    @Test
    void refusesAnArchiveThatBreaksOffAndBuildsInstead() throws Exception {
        publishSmallPrograms();
        mirror.answer(Mirror.Manner.BROKEN_OFF);

        Answer up = checkout.keptnLocal(environment(), "programs");

        assertThat(up.text()).contains("cannot download " + mirror.address() + "/github.com/envtest.tar.gz");
        assertThat(mirror.requests()).hasSize(1);
        assertThat(leftovers()).isEmpty();
        assertThat(goWasCalled).exists();
    }

    @Test
    void refusesAPinnedArchiveWithoutTheProgram() throws Exception {
        publishSmallPrograms();
        new Releases(checkout)
                .pin("etcd", content.resolve("envtest.tar.gz"), "https://github.com/envtest.tar.gz", "no/etcd");

        Answer up = checkout.keptnLocal(environment(), "programs");

        assertThat(up.code()).isNotZero();
        assertThat(leftovers()).isEmpty();
        assertThat(goWasCalled).exists();
    }

    @Test
    @Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void givesUpOnATransferThatStalls() throws Exception {
        publishSmallPrograms();
        mirror.answer(Mirror.Manner.STALLED);

        Answer up = checkout.keptnLocal(environment(), "programs");

        assertThat(up.text()).contains("cannot download " + mirror.address());
        assertThat(leftovers()).isEmpty();
        assertThat(goWasCalled).exists();
    }

    @Test
    void givesUpWhereNobodyListens() throws Exception {
        publishSmallPrograms();
        mirror.close();

        Answer up = checkout.keptnLocal(environment(), "programs");

        assertThat(up.text()).containsOnlyOnce("cannot download " + mirror.address());
        assertThat(goWasCalled).exists();
    }

    @Test
    @Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void givesUpWhereConnectionsAreNeverAccepted() throws Exception {
        publishSmallPrograms();
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (connects(waiting, hole)) {
                assertThat(waiting).hasSizeLessThan(100);
            }
            String address = "http://127.0.0.1:" + hole.getLocalPort();
            Map<String, String> environment = environment();
            environment.put("KEPTN_LOCAL_DOWNLOADS", address);

            Answer up = checkout.keptnLocal(environment, "programs");

            assertThat(up.text()).containsOnlyOnce("cannot download " + address);
            assertThat(goWasCalled).exists();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void goesThroughTheProxyOfTheEnvironment() throws Exception {
        publishSmallPrograms();
        Map<String, String> environment = environment();
        environment.put("KEPTN_LOCAL_DOWNLOADS", "http://mirror.invalid");
        environment.put("http_proxy", mirror.address());
        environment.put("no_proxy", "");
        environment.put("NO_PROXY", "");

        Answer up = checkout.keptnLocal(environment, "programs");

        assertThat(up.code()).as(up.text()).isZero();
        assertThat(mirror.requests()).hasSize(Releases.PROGRAMS.size());
    }

    @Test
    void tellsNobodyThePasswordOfTheMirror() throws Exception {
        publishSmallPrograms();
        mirror.close();
        Map<String, String> environment = environment();
        environment.put("KEPTN_LOCAL_DOWNLOADS", mirror.address().replace("//", "//reader:geheim@"));

        Answer up = checkout.keptnLocal(environment, "programs");

        assertThat(up.text()).contains("cannot download " + mirror.address()).doesNotContain("geheim");
    }

    @Test
    void twoAtTheSameTimeDownloadOnce() throws Exception {
        publishSmallPrograms();

        Process one = checkout.start(environment(), "./keptn-local", "programs");
        Process other = checkout.start(environment(), "./keptn-local", "programs");

        assertThat(Answer.of(one).code()).isZero();
        assertThat(Answer.of(other).code()).isZero();
        assertThat(mirror.requests()).hasSize(Releases.PROGRAMS.size()).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatToDoWhereNeitherADownloadNorGoIsToBeHad() throws Exception {
        publishSmallPrograms();
        mirror.close();
        Map<String, String> environment = environment();
        environment.put("PATH", checkout.onlyTheTools(TOOLS).toString());

        Answer up = checkout.keptnLocal(environment, "programs");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text())
                .contains("neither curl nor wget is here")
                .contains("Go is missing", "https://go.dev/dl", "KEPTN_LOCAL_DOWNLOADS", "--context NAME");
    }

    /** Those that are on this machine; one of them is needed for any download. */
    static Stream<String> transferTools() {
        return Stream.of("curl", "wget")
                .filter(tool -> Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.exists(Path.of(bin, tool))));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", checkout.resolve("go") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KUBEBUILDER_ASSETS", "");
        environment.put("XDG_CACHE_HOME", cache().toString());
        environment.put("KEPTN_LOCAL_DOWNLOADS", mirror.address() + "/");
        environment.put("NO_PROXY", "127.0.0.1");
        environment.put("no_proxy", "127.0.0.1");
        return environment;
    }

    private String pathWith(String tool) throws IOException {
        List<String> tools = new ArrayList<>(List.of(TOOLS));
        tools.add(tool);
        return checkout.resolve("go") + ":" + checkout.onlyTheTools(tools.toArray(String[]::new));
    }

    private void publishSmallPrograms() throws Exception {
        Map<String, Path> programs = new HashMap<>();
        for (String program : Releases.PROGRAMS) {
            programs.put(program, Files.writeString(content.resolve(program), program));
        }
        publish(programs);
    }

    private void publish(Map<String, Path> programs) throws Exception {
        Releases releases = new Releases(checkout);
        for (Map.Entry<String, Path> program : programs.entrySet()) {
            String name = program.getKey();
            if (name.equals("etcd")) {
                Path archive = archive(program.getValue());
                mirror.serve("/github.com/envtest.tar.gz", archive);
                releases.pin(name, archive, "https://github.com/envtest.tar.gz", MEMBER);
            } else {
                mirror.serve("/dl.k8s.io/release/" + name, program.getValue());
                releases.pin(name, program.getValue(), "https://dl.k8s.io/release/" + name, "");
            }
        }
    }

    private Path archive(Path etcd) throws Exception {
        Path member = content.resolve("archive").resolve(MEMBER);
        Files.createDirectories(member.getParent());
        Files.copy(etcd, member);
        Path archive = content.resolve("envtest.tar.gz");
        String folder = content.resolve("archive").toString();
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder, MEMBER).start();
        assertThat(tar.waitFor()).isZero();
        return archive;
    }

    private static boolean connects(List<Socket> waiting, ServerSocket hole) throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(hole.getInetAddress(), hole.getLocalPort()), 300);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private Path cache() {
        return checkout.resolve("cache");
    }

    private Path released(String program) throws IOException {
        try (Stream<Path> files = Files.walk(cache())) {
            return files.filter(
                            file -> file.endsWith(program) && file.toString().contains("/released-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What must not stay in the cache: halves, and locks. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(cache())) {
            return files.filter(file -> file.toString().matches(".*\\.(part|member|lock|half\\..*)"))
                    .toList();
        }
    }
}
