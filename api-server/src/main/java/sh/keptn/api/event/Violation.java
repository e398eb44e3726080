package sh.keptn.api.event;

import sh.keptn.api.http.Refusal;

/** The 422 of Keptn's two collections that were made from their documents: the code in the body says what is wrong. */
final class Violation {
    private static final int STATUS = 422;

    private Violation() {}

    static Refusal wrongType(String name, String type) {
        return new Refusal(STATUS, 601, name + " must be of type " + type);
    }

    static Refusal required(String name) {
        return new Refusal(STATUS, 602, name + " is required");
    }

    static Refusal above(String name, long most) {
        return new Refusal(STATUS, 608, name + " should be less than or equal to " + most);
    }

    static Refusal below(String name, long least) {
        return new Refusal(STATUS, 609, name + " should be greater than or equal to " + least);
    }
}
