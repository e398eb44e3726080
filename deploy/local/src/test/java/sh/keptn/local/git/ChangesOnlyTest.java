package sh.keptn.local.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ConnectivityChecker.ConnectivityCheckInfo;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesOnlyTest {
    private static final ObjectId ABSENT = ObjectId.fromString("0123456789012345678901234567890123456789");

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("pushed"));
    private final List<ObjectId> leftToOthers = new ArrayList<>();
    private final ConnectivityChecker others = (push, haves, monitor) ->
            leftToOthers.add(push.getCommands().getFirst().getNewId());

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void takesACommitWithAllThatItChanges() throws IOException {
        ObjectId before = commit(tree(Map.of("a", blob("1"))));
        ObjectId pushed = commit(tree(Map.of("a", blob("1"), "b", blob("2"))), before);

        assertThatCode(() -> push(pushed, before)).doesNotThrowAnyException();
    }

    @Test
    void takesTheFirstCommitOfARepository() throws IOException {
        ObjectId pushed = commit(tree(Map.of("a", blob("1"))));

        assertThatCode(() -> push(pushed)).doesNotThrowAnyException();
    }

    @Test
    void refusesACommitWithoutOneOfItsFiles() throws IOException {
        ObjectId before = commit(tree(Map.of("a", blob("1"))));
        ObjectId pushed = commit(tree(Map.of("a", blob("1"), "b", ABSENT)), before);

        assertThatThrownBy(() -> push(pushed, before)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void refusesAFirstCommitWithoutOneOfItsFiles() throws IOException {
        ObjectId pushed = commit(tree(Map.of("a", ABSENT)));

        assertThatThrownBy(() -> push(pushed)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void refusesACommitWithoutOneOfItsFolders() throws IOException {
        ObjectId before = commit(tree(Map.of("a", blob("1"))));
        ObjectId pushed = commit(folder("carts", ABSENT), before);

        assertThatThrownBy(() -> push(pushed, before)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void refusesAFileThatIsMissingBelowAFolder() throws IOException {
        ObjectId before = commit(folder("carts", tree(Map.of("a", blob("1")))));
        ObjectId pushed = commit(folder("carts", tree(Map.of("a", ABSENT))), before);

        assertThatThrownBy(() -> push(pushed, before)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void refusesACommitWhoseHistoryHasAGap() throws IOException {
        ObjectId pushed = commit(tree(Map.of("a", blob("1"))), ABSENT);

        assertThatThrownBy(() -> push(pushed)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void looksAtEveryNewCommitAndNotOnlyAtTheLast() throws IOException {
        ObjectId before = commit(tree(Map.of("a", blob("1"))));
        ObjectId between = commit(tree(Map.of("a", ABSENT)), before);
        ObjectId pushed = commit(tree(Map.of("a", blob("2"))), between);

        assertThatThrownBy(() -> push(pushed, before)).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void takesAMergeOfTwoKnownCommits() throws IOException {
        ObjectId ours = commit(tree(Map.of("a", blob("1"))));
        ObjectId theirs = commit(tree(Map.of("b", blob("2"))));
        ObjectId pushed = commit(tree(Map.of("a", blob("1"), "b", blob("2"))), ours, theirs);

        assertThatCode(() -> push(pushed, ours, theirs)).doesNotThrowAnyException();
    }

    @Test
    void leavesWhatIsNoCommitToAnotherCheck() throws IOException {
        ObjectId file = blob("1");

        push(file);

        assertThat(leftToOthers).containsExactly(file);
    }

    private void push(ObjectId pushed, ObjectId... haves) throws IOException {
        ConnectivityCheckInfo info = new ConnectivityCheckInfo();
        info.setRepository(repository);
        info.setCommands(List.of(new ReceiveCommand(ObjectId.zeroId(), pushed, "refs/heads/main")));
        new ChangesOnly(others).checkConnectivity(info, Set.of(haves), NullProgressMonitor.INSTANCE);
    }

    private ObjectId blob(String text) throws IOException {
        return store(inserter -> inserter.insert(Constants.OBJ_BLOB, Constants.encode(text)));
    }

    private ObjectId tree(Map<String, ObjectId> files) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        new TreeMap<>(files).forEach((name, id) -> tree.append(name, FileMode.REGULAR_FILE, id));
        return store(inserter -> inserter.insert(tree));
    }

    private ObjectId folder(String name, ObjectId content) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        tree.append(name, FileMode.TREE, content);
        return store(inserter -> inserter.insert(tree));
    }

    private ObjectId commit(ObjectId tree, ObjectId... parents) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        PersonIdent person = new PersonIdent("somebody", "somebody@example.com", Instant.EPOCH, ZoneOffset.UTC);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage("pushed");
        return store(inserter -> inserter.insert(commit));
    }

    private interface Storing {
        ObjectId into(ObjectInserter inserter) throws IOException;
    }

    private ObjectId store(Storing storing) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = storing.into(inserter);
            inserter.flush();
            return id;
        }
    }
}
