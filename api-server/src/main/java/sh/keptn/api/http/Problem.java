package sh.keptn.api.http;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;

/**
 * A refusal as {@code application/problem+json} (RFC 9457), for clients that name that type in {@code Accept} and like it
 * at least as much as plain JSON. Everybody else gets Keptn's body.
 */
final class Problem {
    static final String TYPE = "application/problem+json";

    private Problem() {}

    /** The same refusal in the form that the client asked for; every other answer as it is. */
    static Answer asAsked(Answer answer, Optional<String> accept) {
        if (answer.status() < 400 || accept.filter(Problem::isAskedFor).isEmpty()) {
            return answer;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title(answer.status()));
        body.put("status", answer.status());
        detail(answer).ifPresent(detail -> body.put("detail", detail));
        Answer problem = Answer.bytes(answer.status(), TYPE, Json.write(body));
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (!header.getKey().equals("Content-Type")) {
                problem = problem.with(header.getKey(), header.getValue());
            }
        }
        return problem;
    }

    static boolean isAskedFor(String accept) {
        List<Range> ranges =
                Arrays.stream(accept.split(",", -1)).map(Range::parse).toList();
        double problem = weight(ranges, TYPE);
        return problem > 0 && problem >= weight(ranges, Answer.JSON, "application/*", "*/*");
    }

    /** The weight of the first of these, the narrowest first, that the client named. */
    private static double weight(List<Range> ranges, String... names) {
        for (String name : names) {
            Optional<Range> named =
                    ranges.stream().filter(range -> range.type().equals(name)).findFirst();
            if (named.isPresent()) {
                return named.get().weight();
            }
        }
        return 0;
    }

    private static Optional<String> detail(Answer answer) {
        String type = answer.headers().getOrDefault("Content-Type", "");
        if (type.startsWith("text/")) {
            return Optional.of(new String(answer.body(), StandardCharsets.UTF_8).strip());
        }
        if (!type.startsWith(Answer.JSON)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.tree(answer.body()).path("message").asText(""))
                    .filter(text -> !text.isEmpty());
        } catch (KeptnException e) {
            return Optional.empty();
        }
    }

    private static String title(int status) {
        return Status.create(status).reasonPhrase();
    }

    /** One entry of {@code Accept}; a weight that cannot be read is none. */
    private record Range(String type, double weight) {
        static Range parse(String entry) {
            String[] parts = entry.split(";", -1);
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    weight = number(parameter.substring(2));
                }
            }
            return new Range(parts[0].strip().toLowerCase(Locale.ROOT), weight);
        }

        private static double number(String text) {
            try {
                double number = Double.parseDouble(text);
                return number >= 0 && number <= 1 ? number : 0;
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
