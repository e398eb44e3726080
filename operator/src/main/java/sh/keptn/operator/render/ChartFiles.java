package sh.keptn.operator.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.HelmChartArchive;

/**
 * A chart's files as the engine gets them: archives in {@code charts/} unpacked here, where they are bounded, and schemas
 * of values that speak only of themselves, as the engine would fetch what they refer to from the network and from disk.
 */
final class ChartFiles {
    private static final int MAX_ARCHIVES_INSIDE_EACH_OTHER = 5;
    private static final int MAX_ENTRIES = 5_000;
    private static final long MAX_BYTES = 32L << 20;
    private static final String ARCHIVE = ".tgz";
    private static final String SCHEMA = "values.schema.json";
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    /** The dialects that the engine holds itself. */
    private static final Set<String> DIALECTS = Set.of(
            "json-schema.org/draft-04/schema",
            "json-schema.org/draft-06/schema",
            "json-schema.org/draft-07/schema",
            "json-schema.org/draft/2019-09/schema",
            "json-schema.org/draft/2020-12/schema");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(YamlReader.MAX_DEPTH * 2)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final HelmChartArchive archives =
            new HelmChartArchive(new HelmChartArchive.Limits(MAX_BYTES, MAX_ENTRIES, 100));

    /**
     * The files to render a chart from.
     *
     * @param chart what messages call it
     * @throws KeptnException {@code Invalid} for a hostile archive or schema, {@code TooLarge}
     */
    SortedMap<String, Content> prepare(String chart, SortedMap<String, Content> files) {
        SortedMap<String, Content> unpacked = unpack(chart, files, 0);
        unpacked.forEach((path, content) -> {
            if (path.equals(SCHEMA) || path.endsWith("/" + SCHEMA)) {
                requireSelfContained(chart + "/" + path, content);
            }
        });
        return unpacked;
    }

    private SortedMap<String, Content> unpack(String chart, SortedMap<String, Content> files, int depth) {
        SortedMap<String, Content> result = new TreeMap<>();
        boolean found = false;
        for (Map.Entry<String, Content> file : files.entrySet()) {
            String path = file.getKey();
            if (isSubchartArchive(path)) {
                found = true;
                if (depth == MAX_ARCHIVES_INSIDE_EACH_OTHER) {
                    throw KeptnException.invalid(
                            chart, "has archives more than " + MAX_ARCHIVES_INSIDE_EACH_OTHER + " deep in each other");
                }
                String folder = path.substring(0, path.length() - ARCHIVE.length());
                for (Change change : subchart(chart, path, folder, file.getValue())) {
                    if (change instanceof Change.Put put) {
                        result.put(put.path(), put.content());
                    }
                }
            } else {
                result.put(path, file.getValue());
            }
        }
        requireBounded(chart, result);
        return found ? unpack(chart, result, depth + 1) : result;
    }

    private Iterable<Change> subchart(String chart, String path, String folder, Content archive) {
        try {
            return archives.unpack(folder, archive);
        } catch (KeptnException e) {
            throw new KeptnException(
                    new KeptnError.Invalid(chart + "/" + path, e.error().message()), e);
        }
    }

    /** Directly in a folder {@code charts/}, where the engine would take it for a chart. */
    private static boolean isSubchartArchive(String path) {
        int slash = path.lastIndexOf('/');
        String folder = slash < 0 ? "" : path.substring(0, slash);
        return path.endsWith(ARCHIVE) && (folder.equals("charts") || folder.endsWith("/charts"));
    }

    private static void requireBounded(String chart, SortedMap<String, Content> files) {
        if (files.size() > MAX_ENTRIES) {
            throw new KeptnException(new KeptnError.TooLarge("the number of files in " + chart, MAX_ENTRIES));
        }
        if (files.values().stream().mapToLong(Content::size).sum() > MAX_BYTES) {
            throw new KeptnException(new KeptnError.TooLarge("the size of " + chart, MAX_BYTES));
        }
    }

    private static void requireSelfContained(String file, Content schema) {
        try (JsonParser parser = JSON.createParser(schema.bytes())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING || parser.currentName() == null) {
                    continue;
                }
                String key = parser.currentName();
                String value = parser.getText();
                boolean own = !REFERENCES.contains(key) || value.startsWith("#");
                boolean known = !key.equals("$schema") || isKnownDialect(value);
                if (!own || !known) {
                    throw KeptnException.invalid(
                            file, key + " must refer to the file itself ('#...') or to a dialect of json-schema.org");
                }
            }
        } catch (IOException e) {
            throw new KeptnException(new KeptnError.Invalid(file, "is not valid JSON"), e);
        }
    }

    private static boolean isKnownDialect(String uri) {
        String plain = uri.replaceFirst("^https?://", "").replaceFirst("#$", "");
        return !plain.equals(uri) && DIALECTS.contains(plain);
    }
}
