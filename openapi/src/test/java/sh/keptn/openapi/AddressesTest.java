package sh.keptn.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "/api/swagger-ui/, /api/v1, ../v1",
        "/api/controlPlane/swagger-ui/, /api/controlPlane/v1, ../v1",
        "/api/mongodb-datastore/swagger-ui/, /api/mongodb-datastore, ../../mongodb-datastore",
        "/api/webhooks/swagger-ui/, /hooks, ../../../hooks",
        "/api/, /hooks, ../hooks",
        "/api/, /api, ../api",
    })
    void leadsBackToThePathBehindAnyPrefix(String folder, String path, String expected) {
        // when
        String relative = Addresses.relative(folder, path);
        // then
        assertThat(relative).isEqualTo(expected);
        assertThat(URI.create("/a/prefix" + folder).resolve(relative)).hasToString("/a/prefix" + path);
    }
}
