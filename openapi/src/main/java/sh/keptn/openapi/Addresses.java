package sh.keptn.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Where documents and operations are, seen from each other. */
final class Addresses {
    /** The folder from which the document of the whole is served. */
    static final String API = "/api/";

    private Addresses() {}

    /** The folder from which the documents of a collection are served. */
    static String home(String collection) {
        return collection.equals("api-service") ? "/api/swagger-ui/" : API + collection + "/swagger-ui/";
    }

    /** How the path is written in a document of that folder. It ends in a name, so that a path can follow it. */
    static String relative(String folder, String path) {
        List<String> here = segments(folder);
        List<String> there = segments(path);
        int same = 0;
        while (same < here.size() && same < there.size() - 1 && here.get(same).equals(there.get(same))) {
            same++;
        }
        List<String> steps = new ArrayList<>(Collections.nCopies(here.size() - same, ".."));
        steps.addAll(there.subList(same, there.size()));
        return String.join("/", steps);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
