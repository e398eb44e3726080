package sh.keptn.operator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.apply.ClusterExtension.deployment;
import static sh.keptn.operator.apply.ClusterExtension.inventory;
import static sh.keptn.operator.apply.ClusterExtension.service;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.operator.apply.ClusterExtension;
import sh.keptn.operator.apply.Target;

/** Health on a real cluster with simulated nodes, as the shipped account. */
class HealthAssessorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

    private final HealthAssessor assessor = new HealthAssessor(cluster.access(), cluster.deployed(), Clock.systemUTC());

    @Test
    void becomesHealthyWithImagesAndEndpoints() {
        Target target = cluster.target();
        List<InventoryEntry> inventory =
                inventory(cluster.apply(target, deployment("hello", "nginx:1", 2), service("hello")));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assessor.assess(target, inventory))
                        .isEqualTo(new Health.Healthy(new Health.Footprint(
                                List.of("nginx:1"), List.of("http://hello." + target.namespace() + ":8080")))));
    }

    @Test
    void neverTakesTheHealthOfTheFormerRevisionForThatOfTheNew() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, deployment("hello", "nginx:1", 1)));
        await().atMost(PATIENCE).until(() -> assessor.assess(target, inventory) instanceof Health.Healthy);

        cluster.apply(target, deployment("hello", "nginx:2", 1));

        assertThat(assessor.assess(target, inventory).footprint().images()).containsExactly("nginx:2");
        await().atMost(PATIENCE).until(() -> assessor.assess(target, inventory) instanceof Health.Healthy);
    }

    @Test
    void tellsWhyAPodCannotBeScheduled() {
        Target target = cluster.target();
        String nowhere = deployment("hello", "nginx:1", 1)
                .replace("      containers:", "      nodeSelector: {planet: mars}\n      containers:");
        List<InventoryEntry> inventory = inventory(cluster.apply(target, nowhere));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assessor.assess(target, inventory))
                        .isInstanceOfSatisfying(
                                Health.Progressing.class,
                                progressing -> assertThat(progressing.message())
                                        .contains(
                                                "Deployment hello",
                                                "0 of 1 replicas available",
                                                "Unschedulable",
                                                "affinity")));
    }

    @Test
    void c10TellsThatAQuotaKeepsPodsFromBeingMade() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: no-pods}
                spec: {hard: {pods: "0"}}
                """, deployment("hello", "nginx:1", 1)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assessor.assess(target, inventory))
                        .isInstanceOfSatisfying(
                                Health.Progressing.class,
                                progressing -> assertThat(progressing.message())
                                        .contains("Deployment hello", "exceeded quota: no-pods")));
    }

    @Test
    void failsAJobThatFailed() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: once}
                spec:
                  activeDeadlineSeconds: 1
                  template:
                    spec:
                      restartPolicy: Never
                      nodeSelector: {planet: mars}
                      containers: [{name: main, image: busybox}]
                """));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assessor.assess(target, inventory))
                        .isInstanceOfSatisfying(Health.Unhealthy.class, unhealthy -> {
                            assertThat(unhealthy.reason()).isEqualTo(Reason.HEALTH_CHECK_FAILED);
                            assertThat(unhealthy.message()).contains("Job once", "DeadlineExceeded");
                        }));
    }

    @Test
    void saysThatAnObjectIsMissing() {
        Target target = cluster.target();

        Health health = assessor.assess(
                target, List.of(new InventoryEntry("apps/v1", "Deployment", target.namespace(), "hello")));

        assertThat(health)
                .isInstanceOfSatisfying(
                        Health.Progressing.class,
                        progressing -> assertThat(progressing.message()).isEqualTo("Deployment hello is not there"));
    }
}
