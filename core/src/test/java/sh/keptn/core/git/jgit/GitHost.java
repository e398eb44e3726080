package sh.keptn.core.git.jgit;

import java.nio.file.Path;
import sh.keptn.core.git.Upstream;

/** A Git server of some kind, as the contract needs it: a place to make upstreams, and to look at them without it. */
interface GitHost extends AutoCloseable {
    /** A new empty repository and how the store gets in. */
    Upstream upstream(String project);

    /** The bare repository behind it, on disk. */
    Path bare(String project);

    @Override
    void close();
}
