package sh.keptn.local.machine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The script's helper: {@code service-account-key FILE}, {@code ports WISH...}, {@code await ...}, {@code probe ...},
 * {@code node ...}. Exit code 0 says yes, 1 says no (the reason is on standard error), 2 a wrong call.
 */
public final class MachineMain {

    private MachineMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            return switch (args) {
                case List<String> call when call.size() == 2 && call.getFirst().equals("service-account-key") -> {
                    ServiceAccountKey.generate().writeTo(Path.of(call.get(1)));
                    yield 0;
                }
                case List<String> call when call.size() > 1 && call.getFirst().equals("ports") -> {
                    List<PortWish> wishes = rest(call, 1).stream().map(PortWish::parse).toList();
                    FreePorts.choose(wishes).forEach(out::println);
                    yield 0;
                }
                case List<String> call when call.size() == 6 && call.getFirst().equals("await") ->
                    new Readiness(HealthProbe.trusting(Path.of(call.get(5))), out)
                            .await(
                                    call.get(1),
                                    Long.parseLong(call.get(2)),
                                    Duration.ofSeconds(Long.parseLong(call.get(3))),
                                    URI.create(call.get(4)));
                case List<String> call when call.size() > 2 && call.getFirst().equals("probe") ->
                    probe(HealthProbe.trusting(Path.of(call.get(1))), rest(call, 2), out);
                case List<String> call when call.size() == 5 && call.getFirst().equals("node") -> {
                    String token = Files.readString(Path.of(call.get(3))).strip();
                    SimulatedNode.create(URI.create(call.get(1)), Path.of(call.get(2)), token, call.get(4));
                    yield 0;
                }
                default -> {
                    err.println("usage: service-account-key FILE | ports WISH... | await NAME PID SECONDS URL CA"
                            + " | probe CA NAME=URL... | node SERVER CA TOKENFILE NAME");
                    yield 2;
                }
            };
        } catch (IOException | IllegalArgumentException failure) {
            err.println(failure.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int probe(HealthProbe probe, List<String> targets, PrintStream out) throws InterruptedException {
        boolean allHealthy = true;
        for (String target : targets) {
            String[] nameAndUrl = target.split("=", 2);
            if (nameAndUrl.length != 2) {
                throw new IllegalArgumentException("not NAME=URL: " + Arrays.toString(nameAndUrl));
            }
            boolean healthy = probe.isHealthy(URI.create(nameAndUrl[1]));
            out.println(nameAndUrl[0] + " " + (healthy ? "healthy" : "unhealthy"));
            allHealthy &= healthy;
        }
        return allHealthy ? 0 : 1;
    }

    private static List<String> rest(List<String> args, int from) {
        return args.subList(from, args.size());
    }
}
