package sh.keptn.operator.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import sh.keptn.core.error.KeptnException;

/**
 * Turns the parser's events into values, one pass over one text. Nothing is built beyond a limit: the parser is asked
 * for the next event only when the one before was allowed.
 */
final class YamlEvents {
    private static final int MAX_ALIASES = 50;
    private static final String TAGS = "tag:yaml.org,2002:";
    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final String file;
    private final ReadBudget budget;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int number;
    private int aliases;

    /** A value that aliases may name, and how many nodes each naming adds. */
    private record Anchored(@Nullable Object value, int nodes) {}

    YamlEvents(LoadSettings settings, String file, String text, ReadBudget budget) {
        this.events = new Parse(settings).parseString(text).iterator();
        this.file = file;
        this.budget = budget;
    }

    /** Which document is being read, from 1. */
    int number() {
        return Math.max(1, number);
    }

    List<YamlDocument> documents() {
        List<YamlDocument> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    number++;
                    budget.document();
                    anchors.clear();
                    aliases = 0;
                    Event root = events.next();
                    int line = line(root);
                    Object value = value(root, 0);
                    if (value != null) {
                        documents.add(new YamlDocument(file, number, line, value));
                    }
                }
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd ->
                    throw refuse(event, "is not valid YAML");
            }
        }
        return documents;
    }

    private @Nullable Object value(Event event, int depth) {
        budget.nodes(1);
        if (depth > YamlReader.MAX_DEPTH) {
            throw refuse(event, "is nested more than " + YamlReader.MAX_DEPTH + " deep");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        int before = budget.nodes();
        Object value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw refuse(event, "is not valid YAML");
        };
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            anchors.put(node.getAnchor().get().getValue(), new Anchored(value, budget.nodes() - before));
        }
        return value;
    }

    private @Nullable Object aliased(AliasEvent alias) {
        if (++aliases > MAX_ALIASES) {
            throw refuse(alias, "has more than " + MAX_ALIASES + " aliases");
        }
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw refuse(alias, "has an alias that names no anchor before it");
        }
        budget.nodes(anchored.nodes());
        return anchored.value();
    }

    private List<@Nullable Object> sequence(SequenceStartEvent start, int depth) {
        requireTag(start, start.getTag().orElse(null), "seq");
        List<@Nullable Object> list = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(value(event, depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> mapping(MappingStartEvent start, int depth) {
        requireTag(start, start.getTag().orElse(null), "map");
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            boolean merge = event instanceof ScalarEvent key
                    && key.isPlain()
                    && key.getValue().equals(MERGE);
            String key = merge ? MERGE : key(event, depth);
            Event at = events.next();
            Object value = value(at, depth + 1);
            if (merge) {
                merge(at, value, merged);
            } else if (map.containsKey(key)) {
                throw refuse(event, "has a key twice");
            } else {
                map.put(key, value);
            }
        }
        merged.forEach(map::putIfAbsent);
        return map;
    }

    private void merge(Event at, @Nullable Object value, Map<String, @Nullable Object> into) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, inner) -> into.putIfAbsent(String.valueOf(key), inner));
            case List<?> list
            when list.stream().allMatch(Map.class::isInstance) -> list.forEach(each -> merge(at, each, into));
            case null, default -> throw refuse(at, "merges with '<<' what is no map");
        }
    }

    private String key(Event event, int depth) {
        return switch (value(event, depth + 1)) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case null, default -> throw refuse(event, "has a key that is neither text nor a whole number");
        };
    }

    private @Nullable Object scalar(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse(null);
        if (tag == null) {
            return scalar.isPlain() ? plain(scalar) : scalar.getValue();
        }
        return switch (tag) {
            case "!", TAGS + "str", TAGS + "binary", TAGS + "timestamp" -> scalar.getValue();
            case TAGS + "int", TAGS + "float", TAGS + "bool", TAGS + "null" -> plain(scalar);
            default -> throw refuse(scalar, "has a tag that is not of YAML itself");
        };
    }

    private @Nullable Object plain(ScalarEvent scalar) {
        try {
            return YamlScalars.resolve(scalar.getValue());
        } catch (IllegalArgumentException e) {
            throw refuse(scalar, String.valueOf(e.getMessage()));
        }
    }

    private void requireTag(Event event, @Nullable String tag, String kind) {
        if (tag != null && !tag.equals(TAGS + kind) && !tag.equals("!")) {
            throw refuse(event, "has a tag that is not of YAML itself");
        }
    }

    private KeptnException refuse(Event event, String why) {
        return KeptnException.invalid(file, "document " + number() + " (line " + line(event) + ") " + why);
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
