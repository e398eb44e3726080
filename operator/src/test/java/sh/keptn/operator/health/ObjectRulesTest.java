package sh.keptn.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of kstatus, object by object. */
class ObjectRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {replicas: 2}               | {}                                                                            | its controller has not seen it yet
            {replicas: 2}               | {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | its controller has not seen the new spec yet
            {replicas: 2}               | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1} | 1 of 2 replicas updated
            {replicas: 2}               | {observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2} | 1 old replicas still run
            {replicas: 2}               | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1} | 1 of 2 replicas available
            {replicas: 2, paused: true} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2} | is paused: 1 of 2 updated
            {replicas: 1}               | {observedGeneration: 2, conditions: [{type: ReplicaFailure, status: 'True', message: exceeded quota}]} | pods are not made: exceeded quota
            {replicas: 2}               | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | current
            {replicas: 0}               | {observedGeneration: 2}                                                       | current
            {}                          | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1} | current
            {replicas: 1}               | {observedGeneration: 2, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: timed out}]} | failed: ProgressDeadlineExceeded: timed out
            """)
    void readsADeployment(String spec, String status, String expected) {
        assertThat(told(verdict("apps/v1", "Deployment", spec, status))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apps/v1  | StatefulSet | {replicas: 2} | {observedGeneration: 2, replicas: 2, readyReplicas: 1, updatedReplicas: 2} | 1 of 2 replicas ready
            apps/v1  | StatefulSet | {replicas: 2} | {observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 1} | 1 of 2 replicas updated
            apps/v1  | StatefulSet | {replicas: 2} | {observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 2, currentRevision: a, updateRevision: b} | its pods do not run the new revision yet
            apps/v1  | StatefulSet | {replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}} | {observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b} | current
            apps/v1  | StatefulSet | {updateStrategy: {type: OnDelete}} | {observedGeneration: 2} | current
            apps/v1  | DaemonSet   | {} | {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 2} | 2 of 3 pods updated
            apps/v1  | DaemonSet   | {} | {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3} | current
            apps/v1  | ReplicaSet  | {replicas: 2} | {observedGeneration: 2, availableReplicas: 1} | 1 of 2 replicas available
            batch/v1 | Job         | {completions: 3} | {succeeded: 1, failed: 1} | 1 of 3 completed, 1 failed
            batch/v1 | Job         | {} | {conditions: [{type: Complete, status: 'True'}]} | current
            batch/v1 | Job         | {} | {conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: too often}]} | failed: failed: BackoffLimitExceeded: too often
            batch/v1 | Job         | {suspend: true} | {} | is suspended
            batch/v1 | CronJob     | {} | {} | current
            v1       | PersistentVolumeClaim | {} | {phase: Pending} | is Pending: no volume yet
            v1       | PersistentVolumeClaim | {} | {phase: Bound} | current
            v1       | PersistentVolumeClaim | {} | {phase: Lost} | failed: lost its volume
            v1       | Service     | {type: ClusterIP} | {loadBalancer: {}} | current
            v1       | Service     | {type: LoadBalancer} | {loadBalancer: {}} | has no load balancer address yet
            v1       | Service     | {type: LoadBalancer} | {loadBalancer: {ingress: [{ip: 10.0.0.1}]}} | current
            v1       | Pod         | {} | {phase: Running, conditions: [{type: Ready, status: 'False'}]} | is not ready
            v1       | Pod         | {} | {phase: Succeeded} | current
            v1       | Pod         | {} | {phase: Failed, reason: Evicted, message: no disk} | failed: failed: Evicted: no disk
            v1       | ConfigMap   | {} | {} | current
            policy/v1 | PodDisruptionBudget | {} | {observedGeneration: 2, currentHealthy: 1, desiredHealthy: 2} | 1 of 2 pods healthy
            autoscaling/v2 | HorizontalPodAutoscaler | {} | {} | current
            networking.k8s.io/v1 | Ingress | {} | {} | current
            example.org/v1 | Database | {} | {observedGeneration: 1, conditions: [{type: Ready, status: 'True'}]} | its controller has not seen the new spec yet
            example.org/v1 | Database | {} | {observedGeneration: 2, conditions: [{type: Ready, status: 'False', reason: Creating, message: a disk}]} | is not ready: Creating: a disk
            example.org/v1 | Database | {} | {conditions: [{type: Reconciling, status: 'True', reason: Resizing}, {type: Ready, status: 'True'}]} | is reconciling: Resizing
            example.org/v1 | Database | {} | {conditions: [{type: Stalled, status: 'True', reason: BadSpec}]} | failed: is stalled: BadSpec
            example.org/v1 | Database | {} | {conditions: [{type: Ready, status: 'True'}]} | current
            example.org/v1 | Database | {} | {} | current
            """)
    void readsEveryOtherKind(String apiVersion, String kind, String spec, String status, String expected) {
        assertThat(told(verdict(apiVersion, kind, spec, status))).isEqualTo(expected);
    }

    static Verdict verdict(String apiVersion, String kind, String spec, String status) {
        return ObjectRules.verdict(object(apiVersion, kind, spec, status));
    }

    static GenericKubernetesResource object(String apiVersion, String kind, String spec, String status) {
        return Serialization.unmarshal("""
                apiVersion: %s
                kind: %s
                metadata: {name: it, namespace: here, generation: 2}
                spec: %s
                status: %s
                """.formatted(apiVersion, kind, spec, status), GenericKubernetesResource.class);
    }

    private static String told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Current current -> "current";
            case Verdict.InProgress(String message) -> message;
            case Verdict.Failed(var reason, String message) -> "failed: " + message;
        };
    }
}
