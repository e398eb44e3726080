package sh.keptn.core.git;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

/**
 * Git as a store. The upstream is the truth; what this store keeps of it is a mirror that may be thrown away at any
 * moment. Safe for any number of threads, and for any number of stores on one upstream: the upstream's compare-and-swap
 * on a ref is the only lock that matters.
 *
 * <p>Every method that needs the upstream throws {@link KeptnException} with {@code Upstream} and the fault if it cannot
 * be had; nothing is ever half written. No file system path, credential or user info of a URL stands in a message.
 */
public interface GitStore extends AutoCloseable {

    /**
     * The branches as they are now: one request to the upstream, shared by all who ask while it has not yet started.
     * Nothing is fetched.
     */
    Heads heads(Upstream upstream);

    /** The branches as last seen, without a request; empty if this store never saw them. */
    Optional<Heads> lastKnownHeads(Upstream upstream);

    /**
     * The commit that a revision names: a full id, a short id of at least 7 hex digits, or a branch. A full id that the
     * mirror holds needs no network; one it does not hold is looked for in the upstream once. Empty if there is none,
     * if it is not a commit, or if the text is none of the three.
     */
    Optional<CommitId> resolve(Upstream upstream, String revision);

    /**
     * The file at a path of a commit, empty if there is none; a symbolic link is read as its text. A folder is no file.
     *
     * @throws KeptnException {@code TooLarge} above the store's limit for one file
     */
    Optional<FileContent> read(Upstream upstream, CommitId commit, String path);

    /** The entry at a path of a commit; the empty path is the root. */
    Optional<TreeEntry> entry(Upstream upstream, CommitId commit, String path);

    /**
     * The entries directly in a folder (the empty path is the root), by name; empty if there is no such folder.
     *
     * <p>Each carries its object id, so one call on a stage's folder tells the tree of every service: two commits whose
     * ids of a folder are equal hold the same files below it. No file is read and no folder entered for it, and a commit
     * that the mirror holds needs no network.
     */
    List<TreeEntry> children(Upstream upstream, CommitId commit, String folder);

    /**
     * Every file and link below a folder in lexical order of paths, handed on one by one: memory stays flat however many
     * there are.
     */
    void walk(Upstream upstream, CommitId commit, String folder, Consumer<TreeEntry> visitor);

    /**
     * Makes one commit on a branch's head and pushes it; returns after the upstream has taken it. Writes to one branch
     * that come together are pushed together, each as its own commit. If others moved the branch, the changes are
     * applied to the new head and pushed again, a bounded number of times, then {@code Upstream(DIVERGED)}; nothing is
     * stored then.
     *
     * @throws KeptnException {@code NotFound} for an absent branch, {@code Conflict} if a path's parent is a file or the
     *     path of a file is a folder
     */
    CommitOutcome commit(Upstream upstream, CommitRequest request);

    /**
     * Makes a branch in the upstream that starts at a commit of it, with one commit of its own on top if
     * {@code message} is given (Keptn's {@code created stage}, an empty commit by intent).
     *
     * @return the new head, or the present one if the branch exists already (it is left as it is)
     */
    BranchOutcome createBranch(Upstream upstream, String branch, CommitId start, Optional<CommitMessage> message);

    /** The message of a commit and of its ancestors, newest first, at most {@code limit}. */
    List<LoggedCommit> log(Upstream upstream, CommitId commit, int limit);

    /** Pushes every branch and its history to another upstream, never forced, all or nothing where it is offered. */
    void copyHistory(Upstream from, Upstream to);

    /** Drops what is kept of a project. The upstream is not touched. */
    void forget(ProjectName project);

    /** Frees what the mirrors no longer need; safe beside reads and writes. */
    void collectGarbage();

    @Override
    void close();
}
