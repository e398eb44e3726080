package sh.keptn.local.git;

import java.util.regex.Pattern;

/**
 * The name of a repository: a project's, with its namespace before it where that is not the usual one. The pattern
 * leaves no room for a path that leads out of the directory.
 */
record RepositoryName(String value) {
    private static final String USUAL_NAMESPACE = "keptn";
    private static final String SEGMENT = "[a-z0-9]([a-z0-9-]{0,200}[a-z0-9])?";
    private static final Pattern PATTERN = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")?");

    RepositoryName {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("no repository name: letters, digits and hyphens only");
        }
    }

    static RepositoryName of(String project, String namespace) {
        boolean usual = namespace.isBlank() || namespace.equals(USUAL_NAMESPACE);
        return new RepositoryName(usual ? project : namespace + "/" + project);
    }

    String project() {
        return value.substring(value.indexOf('/') + 1);
    }

    String namespace() {
        int slash = value.indexOf('/');
        return slash < 0 ? USUAL_NAMESPACE : value.substring(0, slash);
    }

    static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }
}
