package sh.keptn.core.git;

import sh.keptn.core.config.Secret;

/** How a project shows its upstream who it is. */
public sealed interface Authentication {
    /** The upstream asks for nothing. */
    record None() implements Authentication {}

    /** HTTP basic; a token is the password, with whatever user its host wants. */
    record Basic(String user, Secret password) implements Authentication {}

    /** An SSH key in PEM or OpenSSH form; {@code passphrase} is blank for a key without one. */
    record Ssh(Secret identity, Secret passphrase, String knownHosts) implements Authentication {}
}
