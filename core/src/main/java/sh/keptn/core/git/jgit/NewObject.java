package sh.keptn.core.git.jgit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.pack.DeltaEncoder;
import org.eclipse.jgit.lib.ObjectId;

/** An object that a draft made, in the form in which it is sent: whole, or as the difference to another. */
final class NewObject {
    /** As long as Git's own chains: what is read later should not pay for what is pushed quickly now. */
    private static final int DEEPEST = 50;
    /** Whole objects below this size cost less than looking for their base. */
    private static final int SMALL = 512;

    private final int type;
    private final ObjectId id;
    private final byte[] content;
    private final Optional<ObjectId> base;
    private final int depth;

    private NewObject(int type, ObjectId id, byte[] content, Optional<ObjectId> base, int depth) {
        this.type = type;
        this.id = id;
        this.content = content;
        this.base = base;
        this.depth = depth;
    }

    static NewObject whole(int type, ObjectId id, byte[] content) {
        return new NewObject(type, id, content, Optional.empty(), 0);
    }

    /**
     * The object as one stretch that differs from an older one of its type: what a folder is in which one entry was
     * added, replaced or removed. A folder with very many entries is sent in a few bytes so.
     *
     * @param depth that of the base
     */
    static NewObject changed(int type, ObjectId id, byte[] content, ObjectId base, byte[] before, int depth)
            throws IOException {
        if (content.length < SMALL || depth >= DEEPEST) {
            return whole(type, id, content);
        }
        int shorter = Math.min(before.length, content.length);
        int start = 0;
        while (start < shorter && before[start] == content[start]) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before[before.length - 1 - end] == content[content.length - 1 - end]) {
            end++;
        }
        int between = content.length - start - end;
        if (between > content.length / 2) {
            return whole(type, id, content);
        }
        ByteArrayOutputStream instructions = new ByteArrayOutputStream();
        DeltaEncoder delta = new DeltaEncoder(instructions, before.length, content.length);
        boolean fits = copy(delta, 0, start)
                && delta.insert(content, start, between)
                && copy(delta, (long) before.length - end, end);
        assert fits : "no limit was given";
        return new NewObject(type, id, instructions.toByteArray(), Optional.of(base), depth + 1);
    }

    /** Copying nothing would read as copying as much as one instruction can. */
    private static boolean copy(DeltaEncoder delta, long from, int length) throws IOException {
        return length == 0 || delta.copy(from, length);
    }

    /** One of Git's four. */
    int type() {
        return type;
    }

    ObjectId id() {
        return id;
    }

    /** The object itself; where it has a base, the instructions that make it from that. Not to be changed. */
    byte[] content() {
        return content;
    }

    /** An object that whoever receives this one has already, or received before it. */
    Optional<ObjectId> base() {
        return base;
    }

    /** How many instructions stand between this object and one that is whole. */
    int depth() {
        return depth;
    }
}
