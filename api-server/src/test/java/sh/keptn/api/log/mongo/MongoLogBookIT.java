package sh.keptn.api.log.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.log.LogBook.Page;
import sh.keptn.api.log.LogBook.Wanted;
import sh.keptn.api.log.LogEntry;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.core.config.Secret;
import sh.keptn.local.store.EmbeddedStore;

class MongoLogBookIT {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), 0, 10);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void forgetsWhatCameInTooLongAgoWhateverTimeItTells() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(START);
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (EmbeddedStore server = EmbeddedStore.start(directory, 0);
                MongoConnection connection =
                        MongoConnection.open(new MongoSettings(new Secret(server.uri()), Optional.empty()));
                MongoLogBook book = MongoLogBook.on(connection, Duration.ofHours(2), clock)) {
            // given
            LogEntry future = entry("future", START.plus(Duration.ofDays(1000)));
            LogEntry past = entry("past", START.minus(Duration.ofDays(1000)));
            book.append(List.of(future));
            now.set(START.plus(Duration.ofHours(1)));
            book.append(List.of(past));
            assertThat(book.find(ALL)).isEqualTo(new Page(List.of(future, past), 2));
            // when
            now.set(START.plus(Duration.ofHours(2)).plusSeconds(1));
            // then
            assertThat(book.find(ALL)).isEqualTo(new Page(List.of(past), 1));
            book.append(List.of(past));
            assertThat(connection.collection("logs").countDocuments()).isEqualTo(2);
        }
    }

    private static LogEntry entry(String message, Instant time) {
        return new LogEntry("i", message, time, "", "", "", "");
    }
}
