package sh.keptn.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.git.Shell;
import sh.keptn.bench.keptn.KeptnApi;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.report.Machine;
import sh.keptn.bench.report.Report;

/**
 * Measures the system that {@code keptn-local up} started, prints the table and writes it to a file. Called by
 * {@code bench/run}:
 *
 * <pre>SCRIPT STATE WORK RESULT COMMIT LOAD ROWS [quick]</pre>
 */
public final class BenchMain {
    private static final String NAMESPACE = "keptn";

    private BenchMain() {}

    /** Exit code 0 with a table, 1 when the run was void; a goal that was missed is no failure, it is a result. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = System.out;
        LocalSystem system = new LocalSystem(Path.of(args[0]), Path.of(args[1]));
        Path work = Path.of(args[2]);
        String rows = args[6];
        Scale scale = args.length > 7 ? Scale.QUICK : Scale.FULL;
        Report report = new Report();
        try (KeptnApi api = new KeptnApi(system.setting("KEPTN_ENDPOINT"), system.setting("KEPTN_API_TOKEN"));
                Shell shell = Shell.in(work)) {
            Hosting hosting = new Hosting(URI.create(system.setting("KEPTN_GIT_URL")), NAMESPACE);
            Bench bench = new Bench(api, hosting, work, scale, out);
            Machine machine = Machine.here(Clock.systemUTC().instant(), args[4], shell.run("git --version"), args[5]);
            Course course = new Course(bench, system, report);
            course.run(
                    List.of(
                            new WriteRows(bench),
                            new ReadRows(bench),
                            new ProjectRows(bench),
                            new GrowthRows(bench),
                            new EventRows(bench),
                            new StartRows(system, scale, out)),
                    rows);
            String page = report.markdown(machine);
            Files.writeString(Path.of(args[3]), page);
            out.println(page);
            out.println(report.missed() + " goals missed; written to " + args[3]);
        } catch (VoidRun notWorthAnything) {
            System.err.println("void: " + notWorthAnything.getMessage());
            System.exit(1);
        }
    }
}
