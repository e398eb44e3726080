package sh.keptn.core.git;

import java.time.Instant;
import sh.keptn.core.model.CommitId;

/** A commit of a branch's history, its full message with trailers. */
public record LoggedCommit(CommitId id, String message, String author, Instant time) {}
