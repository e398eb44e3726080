package sh.keptn.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Images and addresses of what is deployed. */
class FootprintsTest {
    @Test
    void namesEveryImageOnce() {
        String pods = "{template: {spec: {initContainers: [{image: 'init:1'}],"
                + " containers: [{image: 'web:1'}, {image: 'proxy:1'}]}}}";

        Health.Footprint footprint = Footprints.of(List.of(
                ObjectRulesTest.object("apps/v1", "Deployment", pods, "{}"),
                ObjectRulesTest.object("apps/v1", "StatefulSet", pods, "{}"),
                ObjectRulesTest.object(
                        "batch/v1",
                        "CronJob",
                        "{jobTemplate: {spec: {template: {spec: {containers: [{image: 'job:1'}]}}}}}",
                        "{}")));

        assertThat(footprint.images()).containsExactly("web:1", "proxy:1", "init:1", "job:1");
    }

    @Test
    void namesServicesByTheirLowestTcpPortThenWhatIsReachedFromOutside() {
        Health.Footprint footprint = Footprints.of(List.of(
                ObjectRulesTest.object(
                        "networking.k8s.io/v1", "Ingress", "{rules: [{host: shop.example.org}, {}]}", "{}"),
                ObjectRulesTest.object(
                        "v1",
                        "Service",
                        "{ports: [{port: 53, protocol: UDP}, {port: 9090}, {port: 8080, protocol: TCP}]}",
                        "{loadBalancer: {ingress: [{ip: 'fd00::1'}, {hostname: lb.example.org}]}}")));

        assertThat(footprint.endpoints())
                .containsExactly(
                        "http://it.here:8080",
                        "http://shop.example.org",
                        "http://[fd00::1]:8080",
                        "http://lb.example.org:8080");
    }
}
