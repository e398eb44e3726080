package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is packed here is read by JGit's own parser, which checks lengths, checksums and differences. */
class PackStreamTest {
    private static final int MANY = 120;

    private final InMemoryRepository receiver = new InMemoryRepository(new DfsRepositoryDescription("receiver"));
    private final Random random = new Random(7);

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void carriesObjectsOfEveryLength() throws IOException {
        List<NewObject> objects = new ArrayList<>();
        for (int length : List.of(0, 1, 15, 16, 2_047, 2_048, 20_000, 300_000)) {
            objects.add(whole(bytes(length)));
        }

        receive(objects);

        for (NewObject object : objects) {
            assertThat(received(object.id())).isEqualTo(object.content());
        }
    }

    @Test
    void carriesAPackWithNothingInIt() throws IOException {
        assertThat(sent(List.of())).hasSize(12 + Constants.OBJECT_ID_LENGTH);
    }

    @Test
    void sendsALongObjectAsTheFewBytesThatAreNew() throws IOException {
        byte[] before = bytes(800_000);
        byte[] after = replaced(before, 400_000, bytes(40));
        NewObject first = whole(before);
        NewObject second = NewObject.changed(Constants.OBJ_BLOB, id(after), after, first.id(), before, 0);

        receive(List.of(first, second));

        assertThat(second.content()).hasSizeLessThan(200);
        assertThat(received(second.id())).isEqualTo(after);
    }

    @Test
    void buildsOnWhatTheReceiverHas() throws IOException {
        byte[] before = bytes(80_000);
        store(before);
        byte[] after = replaced(before, 0, bytes(20));
        NewObject changed = NewObject.changed(Constants.OBJ_BLOB, id(after), after, id(before), before, 0);

        receive(List.of(changed));

        assertThat(received(changed.id())).isEqualTo(after);
    }

    @Test
    void tellsAnObjectFromOneThatBeginsOrEndsLikeIt() throws IOException {
        byte[] before = bytes(1_000);
        for (byte[] after : List.of(
                replaced(before, 0, bytes(30)),
                replaced(before, 1_000, bytes(30)),
                Arrays.copyOf(before, 900),
                Arrays.copyOfRange(before, 100, 1_000),
                bytes(1_000))) {
            NewObject changed = NewObject.changed(Constants.OBJ_BLOB, id(after), after, id(before), before, 0);

            receive(List.of(whole(before), changed));

            assertThat(received(changed.id())).isEqualTo(after);
        }
    }

    @Test
    void sendsOneOfManyInAChainWhole() throws IOException {
        List<NewObject> chain = new ArrayList<>();
        byte[] before = bytes(2_000);
        chain.add(whole(before));
        for (int i = 0; i < MANY; i++) {
            byte[] after = replaced(before, i, bytes(1));
            NewObject last = chain.getLast();
            chain.add(NewObject.changed(Constants.OBJ_BLOB, id(after), after, last.id(), before, last.depth()));
            before = after;
        }

        receive(chain);

        assertThat(received(chain.getLast().id())).isEqualTo(before);
        assertThat(chain).extracting(NewObject::depth).allMatch(depth -> depth <= 50);
        assertThat(chain).filteredOn(object -> object.base().isPresent()).hasSizeGreaterThan(MANY - 5);
    }

    @Test
    void isRefusedWhereTheReceiverLacksTheBase() {
        byte[] before = bytes(80_000);
        byte[] after = replaced(before, 0, bytes(20));

        assertThatThrownBy(() -> receive(
                        List.of(NewObject.changed(Constants.OBJ_BLOB, id(after), after, id(before), before, 0))))
                .isInstanceOf(MissingObjectException.class);
    }

    private static byte[] sent(List<NewObject> objects) throws IOException {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        PackStream.write(objects, pack);
        return pack.toByteArray();
    }

    private void receive(List<NewObject> objects) throws IOException {
        try (ObjectInserter inserter = receiver.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(new ByteArrayInputStream(sent(objects)));
            parser.setAllowThin(true);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        }
    }

    private byte[] received(ObjectId id) throws IOException {
        return receiver.open(id, Constants.OBJ_BLOB).getBytes();
    }

    private void store(byte[] content) throws IOException {
        try (ObjectInserter inserter = receiver.newObjectInserter()) {
            assertThat(inserter.insert(Constants.OBJ_BLOB, content)).isEqualTo(id(content));
            inserter.flush();
        }
    }

    private static NewObject whole(byte[] content) {
        return NewObject.whole(Constants.OBJ_BLOB, id(content), content);
    }

    private static ObjectId id(byte[] content) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, content);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] replaced(byte[] before, int at, byte[] by) {
        byte[] after = new byte[Math.max(before.length, at + by.length)];
        System.arraycopy(before, 0, after, 0, before.length);
        System.arraycopy(by, 0, after, at, by.length);
        return after;
    }
}
