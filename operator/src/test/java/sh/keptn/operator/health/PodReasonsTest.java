package sh.keptn.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kubelet and the scheduler say, made one line. */
class PodReasonsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {containerStatuses: [{name: main, image: 'nginx:no', state: {waiting: {reason: ImagePullBackOff, message: 'not found'}}}]} | ImagePullBackOff of nginx:no: not found
            {containerStatuses: [{name: main, image: 'nginx:no', state: {waiting: {reason: ErrImagePull}}}]} | ErrImagePull of nginx:no
            {containerStatuses: [{name: main, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | CrashLoopBackOff of container main: OOMKilled, exit code 137
            {containerStatuses: [{name: main, state: {waiting: {reason: CreateContainerConfigError, message: 'secret keys not found'}}}]} | CreateContainerConfigError of container main: secret keys not found
            {containerStatuses: [{name: main, state: {terminated: {exitCode: 1, reason: Error}}}]} | container main ended: Error, exit code 1
            {initContainerStatuses: [{name: init, state: {waiting: {reason: CrashLoopBackOff}}}], containerStatuses: [{name: main, state: {waiting: {reason: PodInitializing}}}]} | CrashLoopBackOff of container init
            {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/3 nodes are available'}]} | Unschedulable: 0/3 nodes are available
            {phase: Failed, reason: Evicted, message: 'no disk'} | Evicted: no disk
            {phase: Running, conditions: [{type: Ready, status: 'False', reason: ContainersNotReady}]} | runs but is not ready: ContainersNotReady
            """)
    void tellsWhyAPodDoesNotComeUp(String status, String expected) {
        assertThat(PodReasons.of(ObjectRulesTest.object("v1", "Pod", "{}", status)))
                .hasValue("pod it: " + expected);
    }

    @Test
    void saysNothingOfAPodThatIsBeingStarted() {
        assertThat(
                        PodReasons.of(
                                ObjectRulesTest.object(
                                        "v1",
                                        "Pod",
                                        "{}",
                                        "{phase: Pending, containerStatuses: [{name: main, state: {waiting: {reason: ContainerCreating}}}]}")))
                .isEmpty();
    }
}
