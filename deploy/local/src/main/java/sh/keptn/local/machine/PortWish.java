package sh.keptn.local.machine;

/** Which port the script would like: this one only, this one or the next above, or this one or any other. */
sealed interface PortWish {

    /** Highest port there is. */
    int LAST = 65_535;

    /** The port or nothing: {@code 8080!}. */
    record Exactly(int port) implements PortWish {
        public Exactly {
            check(port);
        }
    }

    /** The first free one from here upward: {@code 8080+}. */
    record Upward(int from) implements PortWish {
        public Upward {
            check(from);
        }
    }

    /** The remembered one if it is free, else another: {@code 26443}; {@code 0} remembers nothing. */
    record Preferably(int port) implements PortWish {
        public Preferably {
            if (port != 0) {
                check(port);
            }
        }
    }

    static PortWish parse(String text) {
        try {
            if (text.endsWith("!")) {
                return new Exactly(Integer.parseInt(text.substring(0, text.length() - 1)));
            }
            if (text.endsWith("+")) {
                return new Upward(Integer.parseInt(text.substring(0, text.length() - 1)));
            }
            return new Preferably(Integer.parseInt(text));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("not a port: " + text, noNumber);
        }
    }

    private static void check(int port) {
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException("not a port: " + port + " (1 to " + LAST + ")");
        }
    }
}
