package sh.keptn.operator;

/** The YAML that people would apply and push. */
final class Samples {
    private Samples() {}

    static String projectYaml(String name, String url, String more, String... stages) {
        return """
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnProject
                metadata:
                  name: %s
                spec:
                  interval: 10s
                  git:
                    url: %s
                %s
                  initialShipyard: |
                %s
                """.formatted(
                name, url, more.indent(4).stripTrailing(), shipyard(stages).indent(4));
    }

    static String shipyard(String... stages) {
        StringBuilder text = new StringBuilder("""
                apiVersion: spec.keptn.sh/0.2.2
                kind: Shipyard
                metadata:
                  name: shipyard
                spec:
                  stages:
                """);
        for (String stage : stages) {
            text.append("    - name: ").append(stage).append('\n');
        }
        return text.toString();
    }
}
