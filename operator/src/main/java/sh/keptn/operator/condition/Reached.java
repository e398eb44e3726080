package sh.keptn.operator.condition;

/** Whether the upstream answered in a pass. */
public enum Reached {
    YES,
    NO,
    NOT_ASKED
}
