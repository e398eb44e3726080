package sh.keptn.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names in an annotation, with commas between them: {@code dev,staging,prod}. Blanks around them do not matter. */
public record NameList(Set<String> names) {
    public static final NameList EMPTY = new NameList(Set.of());

    public NameList {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    public static NameList of(HasMetadata resource, String annotation) {
        return value(resource, annotation).map(NameList::parse).orElse(EMPTY);
    }

    public static NameList parse(String text) {
        return new NameList(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    public boolean contains(String name) {
        return names.contains(name);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public NameList plus(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(more);
        return new NameList(all);
    }

    public NameList minus(Collection<String> fewer) {
        Set<String> rest = new LinkedHashSet<>(names);
        rest.removeAll(fewer);
        return new NameList(rest);
    }

    /** The annotation's value. */
    public String text() {
        return String.join(",", names);
    }

    /** An annotation's value, if it is set. */
    public static Optional<String> value(HasMetadata resource, String annotation) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(annotation));
    }

    /** Whether an annotation reads {@code "true"}. */
    public static boolean flag(HasMetadata resource, String annotation) {
        return value(resource, annotation).filter("true"::equals).isPresent();
    }
}
