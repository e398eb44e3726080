package sh.keptn.core.config;

import java.io.Serial;

/** A setting that cannot be used: names the variable and what is wrong with its value. Stops the start. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConfigurationException(String variable, String why) {
        super(variable + ": " + why);
    }
}
