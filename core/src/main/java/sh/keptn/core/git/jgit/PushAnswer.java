package sh.keptn.core.git.jgit;

import sh.keptn.core.error.KeptnException;

/** What an upstream said to a push. */
sealed interface PushAnswer {
    /** The branch is where it should be. */
    record Taken() implements PushAnswer {}

    /** The branch was not where we thought it was; nothing happened. */
    record Moved() implements PushAnswer {}

    /** The server refused, for a reason of its own; nothing happened. */
    record Refused(String reason) implements PushAnswer {}

    /** The push was sent and the answer lost: it may have happened, and may still. */
    record Unknown(KeptnException failure) implements PushAnswer {}
}
