package sh.keptn.api.event;

/** The parts of an event's type, between its dots. */
final class Parts {
    private static final long TASK = 5;
    private static final long SEQUENCE = 6;

    private Parts() {}

    static boolean isWork(String type) {
        return isSequence(type) || count(type) == TASK;
    }

    static boolean isSequence(String type) {
        return count(type) == SEQUENCE;
    }

    static String last(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static long count(String type) {
        return 1 + type.chars().filter(c -> c == '.').count();
    }
}
