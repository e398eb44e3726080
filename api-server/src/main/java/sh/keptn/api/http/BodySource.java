package sh.keptn.api.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Where the body of a request comes from; read once, in one of the two ways. */
@FunctionalInterface
interface BodySource {
    /** The whole of it in memory, up to that many bytes and never above the server's limit. */
    byte[] read(long atMost);

    /** The same piece by piece, where the limit is the caller's own. */
    default InputStream stream(long atMost) {
        return new ByteArrayInputStream(read(atMost));
    }
}
