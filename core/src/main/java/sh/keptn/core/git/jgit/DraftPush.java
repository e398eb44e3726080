package sh.keptn.core.git.jgit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.BasePackPushConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/**
 * A push that moves one branch and carries exactly the objects it is given. The server's branches are read as JGit reads
 * them; the rest is done here, since JGit's push looks for what is new by walking every folder of the commit before, so
 * that a write would cost more the more files there are.
 */
final class DraftPush extends BasePackPushConnection {
    private static final String NO_DELTA_TO_WHAT_IS_THERE = "no-thin";
    private static final int BUFFER_BYTES = 8 << 10;

    private final PushWire wire;

    /** Opens the connection and reads where the server's branches are. */
    DraftPush(PackTransport transport, PushWire wire) throws IOException {
        super(transport);
        this.wire = wire;
        boolean opened = false;
        try {
            init(wire.advertisement(), wire.awaitsEnd() ? wire.request() : DisabledOutputStream.INSTANCE);
            outNeedsEnd = wire.awaitsEnd();
            readAdvertisedRefs();
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Where a branch is, as the server said. */
    Optional<ObjectId> head(String ref) {
        return Optional.ofNullable(getRef(ref)).map(Ref::getObjectId);
    }

    /** Whether the server takes objects as the difference to what it has. */
    boolean takesDifferences() {
        return !isCapableOf(NO_DELTA_TO_WHAT_IS_THERE);
    }

    /** Moves the branch, or makes it; nothing is sent yet where this throws {@link NotSupportedException}. */
    PushAnswer move(String ref, Optional<ObjectId> from, ObjectId to, Collection<NewObject> objects)
            throws IOException {
        StringBuilder abilities = new StringBuilder();
        if (!wantCapability(abilities, CAPABILITY_REPORT_STATUS)) {
            throw new NotSupportedException("the server does not say what became of a push");
        }
        boolean sideBand = wantCapability(abilities, CAPABILITY_SIDE_BAND_64K);
        addUserAgentCapability(abilities);
        String command = from.orElse(ObjectId.zeroId()).name()
                + ' '
                + to.name()
                + ' '
                + ref
                + '\0'
                + abilities.toString().strip();
        outNeedsEnd = false;
        OutputStream request = new BufferedOutputStream(wire.request(), BUFFER_BYTES);
        PacketLineOut lines = new PacketLineOut(request);
        lines.writeString(command);
        lines.end();
        PackStream.write(objects, request);
        request.flush();
        try (InputStream answer = sideBand ? new SideBand(wire.answer()) : wire.answer()) {
            PushAnswer report = report(new PacketLineIn(answer), ref);
            // To the end, so that the connection can be used again.
            answer.transferTo(OutputStream.nullOutputStream());
            return report;
        }
    }

    private static PushAnswer report(PacketLineIn lines, String ref) throws IOException {
        String unpacked = lines.readString();
        if (!unpacked.startsWith("unpack ")) {
            throw new PackProtocolException("a report without its beginning");
        }
        Optional<PushAnswer> answer = Optional.empty();
        for (String line : lines.readStrings()) {
            if (line.equals("ok " + ref)) {
                answer = Optional.of(new PushAnswer.Taken());
            } else if (line.startsWith("ng " + ref + " ")) {
                answer = Optional.of(
                        new PushAnswer.Refused(line.substring("ng ".length() + ref.length() + " ".length())));
            } else {
                throw new PackProtocolException("a report about something else");
            }
        }
        if (!unpacked.equals("unpack ok")) {
            return new PushAnswer.Refused(unpacked.substring("unpack ".length()));
        }
        return answer.orElseThrow(() -> new PackProtocolException("a report without the branch"));
    }

    @Override
    public void close() {
        super.close();
        wire.close();
    }
}
