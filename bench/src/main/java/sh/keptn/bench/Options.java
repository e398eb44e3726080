package sh.keptn.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code bench/run} says, as {@code NAME=VALUE}.
 *
 * @param script {@code keptn-local}
 * @param state its state folder
 * @param work an empty folder for clones
 * @param result the file to write
 * @param commit what is measured
 * @param load of the machine before anything was started
 * @param rows the letters of the sections to measure
 * @param scale how much of it
 * @param store whether the Git store is measured by itself
 */
record Options(
        Path script,
        Path state,
        Path work,
        Path result,
        String commit,
        String load,
        String rows,
        Scale scale,
        boolean store) {

    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not NAME=VALUE: " + argument);
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Options(
                Path.of(required(values, "script")),
                Path.of(required(values, "state")),
                Path.of(required(values, "work")),
                Path.of(required(values, "result")),
                required(values, "commit"),
                required(values, "load"),
                required(values, "rows"),
                Boolean.parseBoolean(values.get("quick")) ? Scale.QUICK : Scale.FULL,
                Boolean.parseBoolean(values.get("store")));
    }

    private static String required(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
