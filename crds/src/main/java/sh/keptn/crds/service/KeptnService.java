package sh.keptn.crds.service;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** A service of a project: a folder on every stage. metadata.name is {@code <project>.<service>}. */
@Group("keptn.sh")
@Version("v1alpha1")
@Kind("KeptnService")
@Singular("keptnservice")
@Plural("keptnservices")
@ShortNames("ksrv")
@AdditionalPrinterColumn(name = "Project", jsonPath = ".spec.project", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Stages", jsonPath = ".status.stageSummary", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Service",
        jsonPath = ".spec.service",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@ValidationRule(
        value = "self.spec.service.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$')"
                + " ? self.metadata.name == self.spec.project + '.' + self.spec.service"
                + " : self.metadata.name.startsWith(self.spec.project + '.')",
        message = "metadata.name must be <spec.project>.<spec.service>; for a service that is no DNS name, "
                + "<spec.project>.<slug>-<8 hex digits of the SHA-256 of spec.service>")
public final class KeptnService extends CustomResource<KeptnServiceSpec, KeptnServiceStatus> implements Namespaced {
    @Serial
    private static final long serialVersionUID = 1L;
}
