package sh.keptn.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table as it grows, section by section. */
public final class Report {
    private static final String HEADER =
            "| what | Keptn | beside it | ratio | goal | reached |\n|---|---|---|---|---|---|\n";

    private final Map<String, List<Line>> sections = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /** Adds lines to a section, which is begun if it is new. */
    public void add(String section, List<Line> lines) {
        sections.computeIfAbsent(section, name -> new ArrayList<>()).addAll(lines);
    }

    /** Something that a reader must know to judge the figures. */
    public void remark(String words) {
        remarks.add(words);
    }

    public long missed() {
        return sections.values().stream()
                .flatMap(List::stream)
                .flatMap(line -> line.goal().stream())
                .filter(goal -> !goal.reached())
                .count();
    }

    /** The page, below a description of where it was measured. */
    public String markdown(Machine machine) {
        StringBuilder page = new StringBuilder(machine.markdown());
        sections.forEach((name, lines) -> {
            page.append("\n## ").append(name).append("\n\n").append(HEADER);
            lines.forEach(line -> page.append(line.markdown()).append('\n'));
        });
        if (!remarks.isEmpty()) {
            page.append("\n## Remarks\n\n");
            remarks.forEach(remark -> page.append("- ").append(remark).append('\n'));
        }
        return page.toString();
    }
}
