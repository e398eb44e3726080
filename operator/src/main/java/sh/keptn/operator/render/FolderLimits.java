package sh.keptn.operator.render;

/**
 * What a service's folder may be at most to be deployed.
 *
 * @param totalBytes all files together
 * @param files their number
 * @param depth folders inside each other
 */
public record FolderLimits(long totalBytes, int files, int depth) {
    /** A chart as large as the API server takes, and its surroundings. */
    public static final FolderLimits DEFAULT = new FolderLimits(32L << 20, 5_000, 50);
}
