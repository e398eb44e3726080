package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes of one push: what the server shows first, what it is sent, and what it answers. */
interface PushWire extends AutoCloseable {
    /** The branches and abilities of the server, after whatever the way there puts before them. */
    InputStream advertisement() throws IOException;

    /** Where the commands and the pack go. */
    OutputStream request() throws IOException;

    /** The answer to a request that was written to its end. */
    InputStream answer() throws IOException;

    /** Whether a server that is sent nothing waits to be told so. */
    boolean awaitsEnd();

    @Override
    void close();
}
