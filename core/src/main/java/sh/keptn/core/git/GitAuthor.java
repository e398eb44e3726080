package sh.keptn.core.git;

/** Author and committer of the commits made here; Keptn's defaults are {@code keptn} and {@code keptn@keptn.sh}. */
public record GitAuthor(String name, String email) {
    public static final GitAuthor KEPTN = new GitAuthor("keptn", "keptn@keptn.sh");
}
