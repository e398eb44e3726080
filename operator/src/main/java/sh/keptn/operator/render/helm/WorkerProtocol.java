package sh.keptn.operator.render.helm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What passes between this process and a worker: requests of texts, answers of one text, each with its length before it.
 * Uses nothing but the JDK, as the worker has nothing else of ours.
 */
final class WorkerProtocol {
    private static final int MOST_TEXTS = 16;
    private static final int LONGEST_TEXT = 1 << 16;

    /** How a worker answers. */
    enum Answer {
        READY,
        RENDERED,
        REFUSED,
        TOO_LARGE
    }

    private WorkerProtocol() {}

    static void ask(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    static List<String> question(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_TEXTS) {
            throw new IOException("not a request");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(read(in, LONGEST_TEXT));
        }
        return texts;
    }

    static void answer(DataOutputStream out, Answer answer, byte[] text) throws IOException {
        out.writeUTF(answer.name());
        write(out, text);
        out.flush();
    }

    static Answer kind(DataInputStream in) throws IOException {
        try {
            return Answer.valueOf(in.readUTF());
        } catch (IllegalArgumentException e) {
            throw new IOException("not an answer", e);
        }
    }

    /** The text that follows; longer than allowed, and the peer is not one of ours. */
    static String read(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > longest) {
            throw new IOException("a text is longer than allowed");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
