package sh.keptn.api.secret;

import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/** A secret's name, which is the name of a Kubernetes Secret as well. */
record SecretName(String value) {
    private static final int MAX_LENGTH = 253;
    private static final Pattern DNS =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    SecretName {
        if (value.isEmpty()) {
            throw KeptnException.invalid("name", "is missing");
        }
        if (value.length() > MAX_LENGTH) {
            throw KeptnException.invalid("name", "must be no more than " + MAX_LENGTH + " characters");
        }
        if (!DNS.matcher(value).matches()) {
            throw KeptnException.invalid(
                    "name", "must be lower-case letters, digits, '-' and '.', as the name of a Kubernetes Secret");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
