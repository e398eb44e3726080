package sh.keptn.crds.project;

/** The form of durations in specs: Go's, with the units that make sense here. */
final class Durations {
    static final String PATTERN = "^([0-9]{1,6}(ms|s|m|h)){1,4}$";

    private Durations() {}
}
