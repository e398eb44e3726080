package sh.keptn.local.cluster;

/** Keptn cannot be installed as things stand; the message tells the person at the terminal why. */
public final class InstallationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InstallationRefused(String message) {
        super(message);
    }
}
