package sh.keptn.local.machine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The script's helper:
 *
 * <pre>
 * service-account-key FILE           makes the key of the cluster's service accounts
 * ports WISH...                      one free port per line
 * await NAME PID SECONDS URL CA      0 when the URL answers, 3 when the process died, 4 when the time is over
 * probe CA NAME=URL...               says of each whether it is healthy; 1 if one is not
 * node SERVER CA TOKENFILE NAME      makes the node that kwok plays
 * client-certificate CN O FILE       makes FILE.key and FILE.crt, with which somebody proves to be CN of group O
 * forward HOST:PORT HOST:PORT        takes connections at the first address and continues them to the second; does not end
 * </pre>
 */
public final class MachineMain {

    private MachineMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        String command = args.isEmpty() ? "" : args.getFirst();
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        try {
            switch (command) {
                case "service-account-key" -> ServiceAccountKey.generate().writeTo(Path.of(rest.get(0)));
                case "ports" ->
                    FreePorts.choose(rest.stream().map(PortWish::parse).toList())
                            .forEach(out::println);
                case "await" -> {
                    Duration patience = Duration.ofSeconds(Long.parseLong(rest.get(2)));
                    Readiness readiness = new Readiness(HealthProbe.trusting(Path.of(rest.get(4))), out);
                    return readiness.await(rest.get(0), Long.parseLong(rest.get(1)), patience, URI.create(rest.get(3)));
                }
                case "probe" -> {
                    return probe(HealthProbe.trusting(Path.of(rest.get(0))), rest.subList(1, rest.size()), out);
                }
                case "node" -> {
                    String token = Files.readString(Path.of(rest.get(2))).strip();
                    SimulatedNode.create(URI.create(rest.get(0)), Path.of(rest.get(1)), token, rest.get(3));
                }
                case "client-certificate" ->
                    ClientCertificate.make(rest.get(0), rest.get(1)).writeTo(Path.of(rest.get(2)));
                case "forward" ->
                    Forwarder.listen(address(rest.get(0)), address(rest.get(1))).run();
                default -> throw new IllegalArgumentException("unknown command: " + command);
            }
            return 0;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException failure) {
            err.println(failure.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
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
}
