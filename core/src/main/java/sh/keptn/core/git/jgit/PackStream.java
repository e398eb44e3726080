package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A pack of exactly the objects that it is given, as Git's gitformat-pack describes it: a header, each object with its
 * type and length and deflated, and the SHA-1 of it all. JGit's own writer finds out by itself what is new, and walks
 * every folder of the commit before for that.
 */
final class PackStream {
    private static final int VERSION = 2;
    private static final int BUFFER_BYTES = 8 << 10;
    /** The longest header of an object: a length of 64 bits, and the id of its base. */
    private static final int LONGEST_HEADER = 10 + Constants.OBJECT_ID_LENGTH;

    private final OutputStream out;
    private final MessageDigest digest = Constants.newMessageDigest();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private PackStream(OutputStream out) {
        this.out = out;
    }

    /** Writes a pack; every base stands before what is made from it, or is not in the pack. */
    static void write(Collection<NewObject> objects, OutputStream out) throws IOException {
        PackStream pack = new PackStream(out);
        ByteBuffer header = ByteBuffer.allocate(Constants.PACK_SIGNATURE.length + 2 * Integer.BYTES);
        header.put(Constants.PACK_SIGNATURE).putInt(VERSION).putInt(objects.size());
        pack.write(header.array(), header.position());
        Deflater deflater = new Deflater();
        try {
            for (NewObject object : objects) {
                pack.write(object, deflater);
            }
        } finally {
            deflater.end();
        }
        out.write(pack.digest.digest());
    }

    private void write(NewObject object, Deflater deflater) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER);
        int type = object.base().isPresent() ? Constants.OBJ_REF_DELTA : object.type();
        int length = object.content().length;
        int first = (type << 4) | (length & 0xf);
        length >>>= 4;
        while (length > 0) {
            header.put((byte) (first | 0x80));
            first = length & 0x7f;
            length >>>= 7;
        }
        header.put((byte) first);
        if (object.base().isPresent()) {
            byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
            ObjectId base = object.base().get();
            base.copyRawTo(id, 0);
            header.put(id);
        }
        write(header.array(), header.position());
        deflater.reset();
        deflater.setInput(object.content());
        deflater.finish();
        while (!deflater.finished()) {
            write(buffer, deflater.deflate(buffer));
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        digest.update(bytes, 0, length);
        out.write(bytes, 0, length);
    }
}
