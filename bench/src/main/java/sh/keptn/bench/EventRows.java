package sh.keptn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.bench.keptn.KeptnApi;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.measure.Work;
import sh.keptn.bench.report.Line;

/**
 * An event is sent, and found again by its context or by project and type, in an empty and in a fuller store. Beside
 * it, {@code GET /v1/metadata} of the same server, an answer that is the same each time.
 */
final class EventRows implements Rows {
    private static final int CLIENTS = 16;
    private static final int PAGE = 100;
    private static final String TYPE = "sh.keptn.event.dev.delivery.triggered";

    private final Bench bench;
    private final KeptnApi api;
    private final List<String> contexts = Collections.synchronizedList(new ArrayList<>());

    EventRows(Bench bench, KeptnApi api) {
        this.bench = bench;
        this.api = api;
    }

    @Override
    public String letter() {
        return "e";
    }

    @Override
    public String title() {
        return "(e) Events";
    }

    /** The store is not empty any more. */
    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        contexts.clear();
        String project = bench.project("events");
        List<Line> lines = new ArrayList<>(measure(project, "0 events"));
        int missing = bench.scale().events() - contexts.size();
        if (missing > 0) {
            ClosedLoop.run(CLIENTS, missing / CLIENTS + 1, post(project));
        }
        lines.addAll(measure(project, "%,d events".formatted(bench.scale().events())));
        mustBeAllThere(project);
        return lines;
    }

    private List<Line> measure(String project, String store) {
        int turns = bench.scale().queries();
        Work metadata = (client, turn) -> api.metadata();
        Work byContext = (client, turn) -> {
            String context = contexts.get((client * turns + turn) % contexts.size());
            JsonNode page = api.events("keptnContext=" + context + "&project=" + project);
            VoidRun.unless(page.required("events").size() == 1, "an acknowledged event is not found: " + page);
        };
        Work byType = (client, turn) -> {
            JsonNode page = api.events("project=" + project + "&type=" + TYPE + "&pageSize=20");
            VoidRun.unless(
                    page.required("events").size() == 20,
                    "no full page: " + page.required("events").size());
        };
        List<Line> lines = new ArrayList<>();
        for (int clients : new int[] {1, CLIENTS}) {
            String who = clients == 1 ? "1 client" : clients + " clients";
            lines.add(beside("POST, " + who + ", at " + store, clients, turns, post(project), metadata));
        }
        lines.add(beside("GET by context, 1 client, at " + store, 1, turns, byContext, metadata));
        lines.add(beside("GET by context, 16 clients, at " + store, CLIENTS, turns, byContext, metadata));
        lines.add(beside("GET by project and type, page 1 of 20, 1 client, at " + store, 1, turns, byType, metadata));
        lines.add(beside(
                "GET by project and type, page 1 of 20, 16 clients, at " + store, CLIENTS, turns, byType, metadata));
        return lines;
    }

    private Line beside(String what, int clients, int turns, Work ours, Work constant) {
        ClosedLoop.run(clients, 2, constant);
        Interleaved both = Interleaved.rounds(
                bench.scale().rounds(),
                round -> ClosedLoop.run(clients, turns, ours),
                round -> ClosedLoop.run(clients, turns, constant));
        bench.say(what + ": " + both.ours() + " | metadata: " + both.beside());
        return Line.byTime(what, both.ours(), "GET metadata", both.beside(), Optional.empty());
    }

    private Work post(String project) {
        return (client, turn) -> contexts.add(api.event(Map.of(
                "type",
                TYPE,
                "source",
                "bench",
                "specversion",
                "1.0",
                "data",
                Map.of("project", project, "stage", "dev", "service", "carts-" + client))));
    }

    /** Walks all pages: void unless there are as many events as were acknowledged. */
    private void mustBeAllThere(String project) throws IOException, InterruptedException {
        int found = 0;
        String next = "";
        do {
            JsonNode page = api.events("project=" + project + "&type=" + TYPE + "&pageSize=" + PAGE
                    + (next.isEmpty() ? "" : "&nextPageKey=" + next));
            found += page.required("events").size();
            next = page.path("nextPageKey").asText("0");
        } while (!next.equals("0") && !next.isEmpty());
        VoidRun.unless(found == contexts.size(), contexts.size() + " events acknowledged, " + found + " found");
    }
}
