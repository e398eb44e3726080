package sh.keptn.core.git.jgit;

import java.nio.file.Path;

/** The contract over smart HTTP, served by Git itself. */
class HttpBackendIT extends GitStoreContract {
    @Override
    GitHost start(Path serverDirectory) {
        return new HttpBackendHost(serverDirectory);
    }
}
