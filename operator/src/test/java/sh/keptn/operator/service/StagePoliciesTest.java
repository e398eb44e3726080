package sh.keptn.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.deployment.SuspendedBy;
import sh.keptn.crds.project.DeletionPolicy;
import sh.keptn.crds.project.DeployPolicy;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;
import sh.keptn.crds.project.StagePolicy;
import sh.keptn.crds.service.FailurePolicy;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;

class StagePoliciesTest {
    private static final StageName DEV = new StageName("dev");

    @Test
    void whatNobodySaysHasItsDefault() {
        KeptnServiceDeploymentSpec spec = StagePolicies.spec(service(null, null), project(null, List.of()), DEV);

        assertThat(spec.targetNamespace()).isEqualTo("sockshop-dev");
        assertThat(spec.deploy()).isEqualTo(DeployPolicy.OnCommit);
        assertThat(spec.timeout()).isEqualTo("3m");
        assertThat(spec.onFailure()).isEqualTo(FailurePolicy.Keep);
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
        assertThat(spec.suspendedBy()).isNull();
        assertThat(spec.revision()).isNull();
        assertThat(spec.suspend()).isNull();
    }

    @Test
    void theStagesPolicyComesFromTheProject() {
        StagePolicy policy = new StagePolicy("dev", "shop", "deployer", DeployPolicy.OnSequence, true);

        KeptnServiceDeploymentSpec spec = StagePolicies.spec(service(null, null), project(null, List.of(policy)), DEV);

        assertThat(spec.targetNamespace()).isEqualTo("shop");
        assertThat(spec.serviceAccountName()).isEqualTo("deployer");
        assertThat(spec.deploy()).isEqualTo(DeployPolicy.OnSequence);
        assertThat(spec.suspendedBy()).isEqualTo(SuspendedBy.Stage);
    }

    @Test
    void theServicesDeletionPolicyCountsBeforeTheProjects() {
        KeptnProject orphans = project(DeletionPolicy.Orphan, List.of());

        assertThat(StagePolicies.spec(service(null, null), orphans, DEV).deletionPolicy())
                .isEqualTo(DeletionPolicy.Orphan);
        assertThat(StagePolicies.spec(service(DeletionPolicy.Delete, null), orphans, DEV)
                        .deletionPolicy())
                .isEqualTo(DeletionPolicy.Delete);
    }

    @Test
    void aSuspendedServiceSuspendsItsDeployments() {
        assertThat(StagePolicies.spec(service(null, true), project(null, List.of()), DEV)
                        .suspendedBy())
                .isEqualTo(SuspendedBy.Service);
    }

    private static KeptnService service(@Nullable DeletionPolicy deletion, @Nullable Boolean suspend) {
        KeptnService service = new KeptnService();
        service.setSpec(new KeptnServiceSpec("sockshop", "carts", null, null, null, null, null, deletion, suspend));
        return service;
    }

    private static KeptnProject project(@Nullable DeletionPolicy deletion, List<StagePolicy> stages) {
        KeptnProject project = new KeptnProject();
        project.setMetadata(new ObjectMetaBuilder().withName("sockshop").build());
        project.setSpec(new KeptnProjectSpec(GitSpec.EMPTY, null, null, null, null, stages, null, deletion, null));
        return project;
    }
}
