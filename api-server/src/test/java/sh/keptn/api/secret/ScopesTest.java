package sh.keptn.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.secret.Scope.Capability;

class ScopesTest {
    @Test
    void readsKeptnsOwnFile() {
        // given
        String yaml = """
                Scopes:
                  keptn-webhook-service:
                    Capabilities:
                      keptn-webhook-svc-read:
                        Permissions:
                          - get
                  own:
                    Capabilities:
                      own-write: {Permissions: [get, update]}
                      own-read: {Permissions: [get]}
                """;
        // when
        Scopes scopes = Scopes.parse(yaml);
        // then
        assertThat(scopes.names()).containsExactly("keptn-webhook-service", "own");
        assertThat(scopes.find("own").orElseThrow().capabilities())
                .containsExactly(
                        new Capability("own-read", List.of("get")),
                        new Capability("own-write", List.of("get", "update")));
        assertThat(scopes.find("other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                       | no scopes.yaml",
                "Scopes: {}                                                               | names no scope",
                "Scopes: [a]                                                              | no scopes.yaml",
                "scopes: {a: {}}                                                          | no scopes.yaml",
                "Scopes: {a: {}}                                                          | has no capability",
                "Scopes: {a: {Capabilities: {}}}                                          | has no capability",
                "Scopes: {a: {Capabilities: {r: {}}}}                                     | must allow",
                "Scopes: {a: {Capabilities: {r: {Permissions: [create]}}}}                | must allow",
                "Scopes: {a: {Capabilities: {r: {Permissions: ['*']}}}}                   | must allow",
                "Scopes: {A: {Capabilities: {r: {Permissions: [get]}}}}                   | lower-case",
                "Scopes: {a: {Capabilities: {R_: {Permissions: [get]}}}}                  | lower-case",
                "'Scopes: {a: {Capabilities: {r: {Permissions: [get]}}}, b: {Capabilities: {r: {Permissions: [get]}}}}' | twice",
            })
    void saysWhatIsWrongWithAFile(String yaml, String why) {
        assertThatThrownBy(() -> Scopes.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
