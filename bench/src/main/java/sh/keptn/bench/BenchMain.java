package sh.keptn.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import sh.keptn.bench.cluster.Cluster;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.git.Shell;
import sh.keptn.bench.keptn.KeptnApi;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.report.Machine;
import sh.keptn.bench.report.Report;
import sh.keptn.bench.store.StoreResources;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.jgit.JGitStore;

/** Measures the system that {@code keptn-local up} started, prints the table and writes it to a file. */
public final class BenchMain {
    private static final String NAMESPACE = "keptn";

    private final Options options;
    private final LocalSystem system;
    private final PrintStream out;

    private BenchMain(Options options, PrintStream out) {
        this.options = options;
        this.system = new LocalSystem(options.script(), options.state());
        this.out = out;
    }

    /**
     * Called by {@code bench/run}, which tells the arguments. Exit code 0 with a table, 1 when the run was void; a goal
     * that was missed is no failure, it is a result.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            new BenchMain(Options.parse(List.of(args)), System.out).run();
        } catch (VoidRun notWorthAnything) {
            System.err.println("void: " + notWorthAnything.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        Report report = new Report();
        Machine machine = machine();
        Hosting hosting = new Hosting(URI.create(system.setting("KEPTN_GIT_URL")), NAMESPACE);
        if (options.store()) {
            store(hosting, report);
        } else {
            rest(hosting, report);
        }
        String page = report.markdown(machine);
        Files.writeString(options.result(), page);
        out.println(page);
        out.println(report.missed() + " goals missed; written to " + options.result());
    }

    private void rest(Hosting hosting, Report report) throws IOException, InterruptedException {
        try (KeptnApi api = new KeptnApi(system.setting("KEPTN_ENDPOINT"), system.setting("KEPTN_API_TOKEN"));
                Cluster cluster = Cluster.of(system.kubeconfig())) {
            Bench bench = new Bench(api, hosting, options.work(), options.scale(), out);
            new Memory(system, report).settings();
            new Course(bench, report, new Memory(system, report))
                    .run(
                            List.of(
                                    new WriteRows(bench),
                                    new ReadRows(bench),
                                    new ProjectRows(bench),
                                    new GrowthRows(bench),
                                    new EventRows(bench, api),
                                    new DeployRows(bench, cluster),
                                    new FleetRows(bench, cluster, system),
                                    new IdleRows(bench, cluster, system),
                                    new StartRows(system, bench)),
                            options.rows());
        }
    }

    /** The rows that Git alone decides, on the store in this process. */
    private void store(Hosting hosting, Report report) throws IOException, InterruptedException {
        report.remark("measured on the Git store in the bench's own process, without REST");
        try (GitStore store = new JGitStore(
                options.work().resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC())) {
            Bench bench = new Bench(new StoreResources(store, hosting), hosting, options.work(), options.scale(), out);
            new Course(bench, report, Course.Look.NONE)
                    .run(List.of(new WriteRows(bench), new ReadRows(bench), new GrowthRows(bench)), options.rows());
        }
    }

    private Machine machine() throws IOException {
        try (Shell shell = Shell.in(options.work())) {
            return Machine.here(
                    Clock.systemUTC().instant(), options.commit(), shell.run("git --version"), options.load());
        }
    }
}
