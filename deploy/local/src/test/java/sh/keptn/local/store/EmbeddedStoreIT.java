package sh.keptn.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreIT {
    private static final int WRITERS = 8;
    private static final int WRITES = 200;

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedWriteWhenItsProcessIsKilled() throws Exception {
        // given 200 acknowledged writes of eight writers at once
        Process process = fork();
        try (MongoClient client = MongoClients.create(address(process));
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            uniqueByKey(collection(client));
            acknowledged(writers, collection(client));
            // when
            process.destroyForcibly().waitFor();
        } finally {
            process.destroyForcibly();
        }
        // then
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).distinct("n", Integer.class))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, WRITES).boxed().toList());
        }
    }

    @Test
    void refusesASecondDocumentWithAUniqueKeyEvenAfterARestart() throws IOException {
        // given
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            uniqueByKey(collection(client));
            collection(client).insertOne(new Document("key", "a"));
        }
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> collection = collection(client);
            // when, then
            assertThatThrownBy(() -> collection.insertOne(new Document("key", "a")))
                    .isInstanceOf(MongoWriteException.class)
                    .hasMessageContaining("E11000");
        }
    }

    @Test
    void allowsManyDocumentsWithoutTheKeyOfASparseUniqueIndex() throws IOException {
        // given
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            uniqueByKey(collection(client));
            // when
            collection(client).insertMany(List.of(new Document("n", 1), new Document("n", 2)));
            // then
            assertThat(collection(client).countDocuments()).isEqualTo(2);
        }
    }

    @Test
    void staysSmallWhileManyWritesAreMadeOneByOne() throws IOException {
        // given
        try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            // when
            for (int n = 0; n < 3_000; n++) {
                collection(client).insertOne(new Document("n", n).append("text", "x".repeat(500)));
            }
            // then: 1.5 MB of data
            assertThat(directory.resolve("events.mv.db").toFile().length()).isLessThan(30_000_000);
        }
    }

    private static void uniqueByKey(MongoCollection<Document> collection) {
        collection.createIndex(
                Indexes.ascending("key"), new IndexOptions().unique(true).sparse(true));
    }

    private static MongoCollection<Document> collection(MongoClient client) {
        return client.getDatabase("keptn").getCollection("events");
    }

    private static void acknowledged(ExecutorService writers, MongoCollection<Document> collection)
            throws InterruptedException, ExecutionException {
        List<Future<?>> writes = new ArrayList<>();
        for (int n = 0; n < WRITES; n++) {
            Document document = new Document("n", n).append("key", "k" + n);
            writes.add(writers.submit(() -> collection.insertOne(document)));
        }
        for (Future<?> write : writes) {
            write.get();
        }
    }

    private Process fork() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkedStore.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = Objects.requireNonNull(lines.readLine(), "the forked store ended before it served");
        while (!line.startsWith("mongodb://")) {
            line = Objects.requireNonNull(lines.readLine(), "the forked store ended before it served");
        }
        return line;
    }
}
