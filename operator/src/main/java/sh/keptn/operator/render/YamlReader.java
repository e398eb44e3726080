package sh.keptn.operator.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;

/**
 * Reads the YAML and JSON files of one rendering within limits on their size, depth, aliases and values. What is
 * wrong is said with the file, the document and the line, and never with what stands there: it could be a password.
 */
final class YamlReader {
    /** The largest file, in bytes. */
    static final int MAX_FILE_BYTES = 3 << 20;

    static final int MAX_DEPTH = 50;

    private static final int LEAST_BUFFER = 1 << 10;
    private static final int LARGEST_BUFFER = 1 << 17;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    private final ReadBudget budget = new ReadBudget();

    /** The documents of a file: JSON by the name's ending, else YAML. */
    List<YamlDocument> read(String file, Content content) {
        if (content.size() > MAX_FILE_BYTES) {
            throw new KeptnException(new KeptnError.TooLarge(file, MAX_FILE_BYTES));
        }
        String text = text(file, content.bytes());
        return file.endsWith(".json") ? readJson(file, text) : readYaml(file, text);
    }

    /** The documents of a text whose size has been looked at. */
    List<YamlDocument> readYaml(String file, String text) {
        // The engine copies what it holds of a line for each buffer: small ones would make long lines quadratic.
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(Math.clamp(text.length(), LEAST_BUFFER, LARGEST_BUFFER))
                .build();
        YamlEvents events = new YamlEvents(settings, file, text, budget);
        try {
            return events.documents();
        } catch (MarkedYamlEngineException e) {
            int line =
                    e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
            throw refuse(file, "document " + events.number() + " is not valid YAML at line " + line, e);
        } catch (ReaderException e) {
            throw refuse(file, String.format("holds the character U+%04X, which YAML forbids", e.getCodePoint()), e);
        } catch (YamlEngineException e) {
            throw refuse(file, "document " + events.number() + " is not valid YAML", e);
        }
    }

    private List<YamlDocument> readJson(String file, String text) {
        List<YamlDocument> documents = new ArrayList<>();
        try (MappingIterator<Object> values = JSON.readerFor(Object.class).readValues(text)) {
            while (values.hasNextValue()) {
                int line = values.getCurrentLocation().getLineNr();
                Object value = values.nextValue();
                budget.document();
                budget.nodes(nodes(value));
                if (value != null) {
                    documents.add(new YamlDocument(file, documents.size() + 1, line, value));
                }
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw refuse(file, "is not valid JSON at line " + line, e);
        } catch (IOException e) {
            throw refuse(file, "is not valid JSON", e);
        }
        return documents;
    }

    private static int nodes(@Nullable Object value) {
        return 1
                + switch (value) {
                    case Map<?, ?> map ->
                        map.size()
                                + map.values().stream()
                                        .mapToInt(YamlReader::nodes)
                                        .sum();
                    case List<?> list ->
                        list.stream().mapToInt(YamlReader::nodes).sum();
                    case null, default -> 0;
                };
    }

    /** A byte order mark is passed over, as Kubernetes' own readers do. */
    private static String text(String file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refuse(file, "is not UTF-8 text", e);
        }
    }

    private static KeptnException refuse(String file, String why, Exception cause) {
        return new KeptnException(new KeptnError.Invalid(file, why), cause);
    }
}
