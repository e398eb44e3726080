package sh.keptn.api.http;

import java.util.ArrayList;
import java.util.List;
import sh.keptn.api.http.Percent.Plus;

/**
 * A path as it came over the wire, cut at its slashes before anything is decoded, so that an encoded slash stays inside
 * its name. Empty segments are dropped: Keptn's own client asks for {@code /project/p//resource}.
 *
 * @param segments still encoded
 * @param trailingSlash whether the path ended in one
 */
record RequestPath(List<String> segments, boolean trailingSlash) {
    RequestPath {
        segments = List.copyOf(segments);
    }

    /**
     * Cuts a path.
     *
     * @throws Refusal 400 for a malformed escape, and for {@code .} and {@code ..} as a segment, encoded or not
     */
    static RequestPath of(String raw) {
        List<String> segments = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            if (segment.isEmpty()) {
                continue;
            }
            String decoded = Percent.decode(segment, Plus.IS_ITSELF)
                    .orElseThrow(() -> new Refusal(400, "the path holds a malformed percent-escape"));
            if (decoded.equals(".") || decoded.equals("..")) {
                throw new Refusal(400, "the path must not hold the segments '.' and '..'");
            }
            segments.add(segment);
        }
        return new RequestPath(segments, segments.size() > 0 && raw.endsWith("/"));
    }
}
