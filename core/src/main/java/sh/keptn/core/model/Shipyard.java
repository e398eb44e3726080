package sh.keptn.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.semver4j.Semver;
import org.yaml.snakeyaml.LoaderOptions;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * A shipyard as far as a project needs it: its version and its stages in their order. The text itself is kept as it
 * came, so that nothing of it is lost.
 *
 * <p>Checked as Keptn does (semantics: version at least 0.2, one stage or more, each named by the name rule), and two
 * things more that Keptn leaves to go wrong later: no stage twice, and none named like the default branch.
 */
public record Shipyard(String content, String apiVersion, List<Stage> stages) {
    /** The path of a project's shipyard on the default branch. */
    public static final ResourcePath PATH = new ResourcePath("shipyard.yaml");

    /** The largest shipyard that is accepted, in bytes of UTF-8: its text stands in a status. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final String FIELD = "shipyard";
    private static final String VERSION_PREFIX = "spec.keptn.sh/";
    private static final int MAX_STAGES = 100;
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .loaderOptions(loaderOptions())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build());

    public Shipyard {
        stages = List.copyOf(stages);
    }

    /** One stage, and the stages whose finished sequences trigger one of its own. */
    public record Stage(StageName name, List<String> parents) {
        public Stage {
            parents = List.copyOf(parents);
        }
    }

    /**
     * Reads a shipyard's YAML text.
     *
     * @throws KeptnException {@code Invalid} with the rule that is broken, {@code TooLarge} above {@link #MAX_BYTES}
     */
    public static Shipyard parse(String content) {
        if (content.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new KeptnException(new KeptnError.TooLarge(FIELD, MAX_BYTES));
        }
        JsonNode root = read(content);
        String apiVersion = root.path("apiVersion").asText("");
        requireVersion(apiVersion);
        JsonNode stages = root.path("spec").path("stages");
        if (!stages.isArray() || stages.isEmpty()) {
            throw KeptnException.invalid(FIELD, "spec.stages must hold at least one stage");
        }
        if (stages.size() > MAX_STAGES) {
            throw KeptnException.invalid(FIELD, "spec.stages must not hold more than " + MAX_STAGES + " stages");
        }
        List<Stage> parsed = new ArrayList<>();
        Set<StageName> seen = new LinkedHashSet<>();
        for (JsonNode stage : stages) {
            StageName name = new StageName(stage.path("name").asText(""));
            if (!seen.add(name)) {
                throw KeptnException.invalid(FIELD, "stage '" + name + "' stands in it twice");
            }
            parsed.add(new Stage(name, parentsOf(stage)));
        }
        return new Shipyard(content, apiVersion, parsed);
    }

    /** The stages' names in the shipyard's order. */
    public List<StageName> stageNames() {
        return stages.stream().map(Stage::name).toList();
    }

    /**
     * A stage of that name would share the branch of the project's own files.
     *
     * @throws KeptnException {@code Invalid} if a stage is named like the default branch
     */
    public void requireNoStageNamed(String defaultBranch) {
        if (stages.stream().anyMatch(stage -> stage.name().value().equals(defaultBranch))) {
            throw KeptnException.invalid(
                    FIELD, "stage '" + Printable.of(defaultBranch) + "' is named like the default branch");
        }
    }

    private static JsonNode read(String content) {
        try {
            JsonNode root = YAML.readTree(content);
            if (root == null || !root.isObject()) {
                throw KeptnException.invalid(FIELD, "is not a YAML mapping");
            }
            return root;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new KeptnException(
                    new KeptnError.Invalid(
                            FIELD, "is not valid YAML" + (where == null ? "" : " (line " + where.getLineNr() + ")")),
                    e);
        }
    }

    private static void requireVersion(String apiVersion) {
        String version =
                apiVersion.startsWith(VERSION_PREFIX) ? apiVersion.substring(VERSION_PREFIX.length()) : apiVersion;
        Optional<Semver> parsed = Optional.ofNullable(Semver.coerce(version));
        if (parsed.isEmpty() || parsed.get().isLowerThan("0.2.0")) {
            throw KeptnException.invalid(
                    FIELD, "apiVersion '" + Printable.of(apiVersion) + "' must be spec.keptn.sh/0.2.0 or newer");
        }
    }

    /** {@code triggeredOn[].event} reads {@code <stage>.<sequence>.finished}. */
    private static List<String> parentsOf(JsonNode stage) {
        Set<String> parents = new LinkedHashSet<>();
        for (JsonNode sequence : stage.path("sequences")) {
            for (JsonNode trigger : sequence.path("triggeredOn")) {
                String event = trigger.path("event").asText("");
                int dot = event.indexOf('.');
                if (dot > 0) {
                    parents.add(event.substring(0, dot));
                }
            }
        }
        return List.copyOf(parents);
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(50);
        options.setNestingDepthLimit(50);
        options.setCodePointLimit(MAX_BYTES);
        options.setAllowDuplicateKeys(false);
        return options;
    }
}
