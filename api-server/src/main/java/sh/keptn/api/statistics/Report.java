package sh.keptn.api.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import sh.keptn.api.event.tally.Tally;

/** The statistics of a time as clients see them: everything in lists, sorted by name. */
record Report(String from, String to, List<Project> projects) {
    record Project(String name, List<Service> services) {}

    record Service(
            String name,
            List<Count> events,
            List<Executor> keptnServiceExecutions,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Count> executedSequencesPerType) {}

    record Executor(String name, List<Count> executions) {}

    record Count(String type, long count) {}

    static Report of(Instant from, Instant to, List<Tally> tallies) {
        SortedMap<String, SortedMap<String, Sums>> sums = new TreeMap<>();
        for (Tally tally : tallies) {
            SortedMap<String, Sums> services = sums.computeIfAbsent(tally.project(), _ -> new TreeMap<>());
            tally.counts()
                    .forEach((key, count) -> services.computeIfAbsent(key.service(), _ -> new Sums())
                            .add(key, count));
        }
        List<Project> projects = sums.entrySet().stream()
                .map(project -> new Project(
                        project.getKey(),
                        project.getValue().entrySet().stream()
                                .map(service -> service.getValue().view(service.getKey()))
                                .toList()))
                .toList();
        return new Report(from.toString(), to.toString(), projects);
    }

    /** What adds up for one service. */
    private static final class Sums {
        private final SortedMap<String, Long> events = new TreeMap<>();
        private final SortedMap<String, Long> sequences = new TreeMap<>();
        private final SortedMap<String, SortedMap<String, Long>> executions = new TreeMap<>();

        void add(Tally.Key key, long count) {
            Map<String, Long> into = switch (key.kind()) {
                case EVENT -> events;
                case SEQUENCE -> sequences;
                case EXECUTION -> executions.computeIfAbsent(key.executor(), _ -> new TreeMap<>());
            };
            into.merge(key.type(), count, Long::sum);
        }

        Service view(String name) {
            List<Executor> executors = executions.entrySet().stream()
                    .map(executor -> new Executor(executor.getKey(), counts(executor.getValue())))
                    .toList();
            return new Service(name, counts(events), executors, counts(sequences));
        }

        private static List<Count> counts(SortedMap<String, Long> counts) {
            return counts.entrySet().stream()
                    .map(entry -> new Count(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
