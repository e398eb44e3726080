package sh.keptn.operator.upstream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/**
 * The files that Keptn expects where a project, a stage or a service begins, in its words. The times are those of the
 * Kubernetes resources, not of now: made twice, a file is the same, and the same content makes no second commit.
 */
public final class Scaffold {
    /** The file that marks a project, a service and, in the directory layout, a stage. */
    public static final String METADATA = "metadata.yaml";

    /** The key in a service's metadata.yaml. */
    public static final String SERVICE_KEY = "servicename";

    /** Go's default printing, as Keptn has it. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'").withZone(ZoneOffset.UTC);

    private Scaffold() {}

    public static Content project(ProjectName name, Layout layout, Instant created) {
        return Content.ofText("projectName: " + name + "\ncreationTimestamp: " + TIME.format(created)
                + "\nisUsingDirectoryStructure: " + (layout == Layout.DIRECTORY) + "\n");
    }

    public static Content stage(StageName name, Instant created) {
        return Content.ofText("stagename: " + name + "\ncreationtimestamp: " + TIME.format(created) + "\n");
    }

    public static Content service(ServiceName name, Instant created) {
        return Content.ofText(
                SERVICE_KEY + ": " + quoted(name) + "\ncreationtimestamp: " + TIME.format(created) + "\n");
    }

    /** A name such as {@code 1.0} or {@code true} would read as a number or a boolean without quotes. */
    private static String quoted(ServiceName name) {
        boolean plain = name.value().matches("[a-z][a-z0-9-]*[a-z0-9]")
                && !name.value().matches("true|false|null|yes|no|on|off");
        return plain ? name.value() : "\"" + name + "\"";
    }
}
