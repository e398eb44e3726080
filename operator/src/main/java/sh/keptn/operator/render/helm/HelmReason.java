package sh.keptn.operator.render.helm;

import java.nio.file.Path;

/** Helm's own words for what is wrong with a chart, made fit for a condition: one line, bounded, no path of this host. */
final class HelmReason {
    private static final int LONGEST = 500;

    private HelmReason() {}

    static String of(String text, Path chart, Path folder) {
        String plain = text.replace("Use --debug flag to render out invalid YAML", "")
                .replace(chart.toString() + "/", "")
                .replace(folder.resolve("values-0.yaml").toString(), "values.yaml")
                .replace(folder.toString() + "/", "")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ")
                .strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
