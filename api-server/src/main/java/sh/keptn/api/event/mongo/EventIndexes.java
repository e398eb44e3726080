package sh.keptn.api.event.mongo;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sh.keptn.api.mongo.DeclaredIndexes.Index;

/** Which indexes the collections of events have, and what each is for. */
final class EventIndexes {
    private EventIndexes() {}

    /** @param retention events older than this are dropped by the database; empty keeps them for ever */
    static List<Index> ofEvents(Optional<Duration> retention) {
        List<Index> all = new ArrayList<>(List.of(
                unique("root", EventDocuments.ROOT),
                unique("repeat", EventDocuments.REPEAT),
                unique("number", EventDocuments.NUMBER),
                newestFirst("newest"),
                newestFirst("context", EventDocuments.CONTEXT),
                newestFirst("type", EventDocuments.TYPE),
                newestFirst("project", EventDocuments.PROJECT),
                newestFirst("project_type", EventDocuments.PROJECT, EventDocuments.TYPE),
                newestFirst(
                        "project_stage_service", EventDocuments.PROJECT, EventDocuments.STAGE, EventDocuments.SERVICE),
                newestFirst(
                        "project_type_stage_service",
                        EventDocuments.PROJECT,
                        EventDocuments.TYPE,
                        EventDocuments.STAGE,
                        EventDocuments.SERVICE),
                projectRoots(),
                new Index("invalidates", ascending(EventDocuments.INVALIDATES), new IndexOptions().sparse(true))));
        retention.ifPresent(age -> all.add(new Index(
                "retention",
                ascending(EventDocuments.TIME),
                new IndexOptions().expireAfter(age.toSeconds(), TimeUnit.SECONDS))));
        return all;
    }

    /** Agents ask by type every second; projects are few among what is open. */
    static List<Index> ofOpenWork() {
        return List.of(
                newestFirst("type", OpenEntry.TYPE), newestFirst("project_type", OpenEntry.PROJECT, OpenEntry.TYPE));
    }

    private static Index unique(String name, String field) {
        return new Index(name, ascending(field), new IndexOptions().unique(true).sparse(true));
    }

    private static Index newestFirst(String name, String... equal) {
        return new Index(
                name,
                compoundIndex(ascending(equal), descending(EventDocuments.AT, EventDocuments.ID)),
                new IndexOptions());
    }

    private static Index projectRoots() {
        return new Index(
                "project_roots",
                compoundIndex(ascending(EventDocuments.PROJECT), descending(EventDocuments.AT, EventDocuments.ID)),
                new IndexOptions().partialFilterExpression(Filters.exists(EventDocuments.ROOT)));
    }
}
