package sh.keptn.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line of the form {@code COMMAND --name value ... FILE...}. */
record Arguments(String command, Map<String, String> options, List<String> rest) {

    Arguments {
        options = Map.copyOf(options);
        rest = List.copyOf(rest);
    }

    /** Refuses options that the command does not know, so that a misspelt one is not ignored. */
    static Arguments parse(List<String> line, Set<String> known) {
        if (line.isEmpty()) {
            throw new IllegalArgumentException("a command is missing");
        }
        Map<String, String> options = new HashMap<>();
        List<String> rest = new ArrayList<>();
        for (int i = 1; i < line.size(); i++) {
            String word = line.get(i);
            if (!word.startsWith("--")) {
                rest.add(word);
            } else if (!known.contains(word.substring(2))) {
                throw new IllegalArgumentException("unknown option " + word);
            } else if (i + 1 == line.size()) {
                throw new IllegalArgumentException(word + " needs a value");
            } else {
                options.put(word.substring(2), line.get(++i));
            }
        }
        return new Arguments(line.getFirst(), options, rest);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    String required(String name) {
        return option(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    Path path(String name) {
        return Path.of(required(name));
    }

    int port(String name) {
        return Integer.parseInt(required(name));
    }

    List<Path> files() {
        return rest.stream().map(Path::of).toList();
    }
}
