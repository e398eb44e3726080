package sh.keptn.core.git.jgit;

import java.nio.file.Path;

/** The contract over SSH. */
class SshIT extends GitStoreContract {
    @Override
    GitHost start(Path serverDirectory) {
        return new SshHost(serverDirectory);
    }
}
