package sh.keptn.core.git.jgit;

import java.nio.file.Path;

/** The contract over smart HTTP, served by JGit. */
class LocalServerIT extends GitStoreContract {
    @Override
    GitHost start(Path serverDirectory) {
        return new LocalHost(serverDirectory);
    }
}
