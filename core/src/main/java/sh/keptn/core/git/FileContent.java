package sh.keptn.core.git;

/**
 * A file as it stands in a commit.
 *
 * @param blob the object id of the content, 40 hex digits
 */
public record FileContent(String blob, Content content) {}
