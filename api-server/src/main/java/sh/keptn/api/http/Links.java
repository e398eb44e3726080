package sh.keptn.api.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pages around a page as a {@code Link} header (RFC 8288). The targets are queries alone, which a client resolves by
 * the address that it asked: so they are right behind every gateway and prefix.
 */
public final class Links {
    private static final String KEY = "nextPageKey";

    private Links() {}

    /**
     * The answer with links to the first page and, where there is one, to the next.
     *
     * @param nextPageKey of the next page; blank or {@code 0}: this is the last
     */
    public static Answer of(Request request, String nextPageKey, Answer answer) {
        Map<String, String> first = new TreeMap<>(request.query().first());
        first.remove(KEY);
        StringBuilder links = new StringBuilder(link(first, "first"));
        if (!nextPageKey.isBlank() && !nextPageKey.equals("0")) {
            Map<String, String> next = new TreeMap<>(first);
            next.put(KEY, nextPageKey);
            links.append(", ").append(link(next, "next"));
        }
        return answer.with("Link", links.toString());
    }

    private static String link(Map<String, String> query, String relation) {
        return "<?"
                + query.entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&"))
                + ">; rel=\"" + relation + "\"";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
