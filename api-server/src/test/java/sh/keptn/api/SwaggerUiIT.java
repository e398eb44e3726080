package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;

/** The page and the documents, without a token. */
class SwaggerUiIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    @Test
    void leadsFromTheApiToThePage() {
        // when
        Reply reply = api.anonymous().get(api.endpoint());
        // then
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).hasValue("/api/swagger-ui/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html",
        "index.html, text/html",
        "swagger-initializer.js, text/javascript",
        "swagger-ui-bundle.js, text/javascript",
        "swagger-ui-standalone-preset.js, text/javascript",
        "swagger-ui.css, text/css",
        "index.css, text/css",
        "favicon-32x32.png, image/png",
        "favicon-16x16.png, image/png",
    })
    void servesThePageWithAStrictPolicy(String asset, String type) {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + "/swagger-ui/" + asset);
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith(type);
        assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(reply.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(reply.body()).isNotEmpty();
    }

    @Test
    void asksNobodyElse() {
        // when
        String page = api.anonymous().get(api.endpoint() + "/swagger-ui/").text()
                + api.anonymous()
                        .get(api.endpoint() + "/swagger-ui/swagger-initializer.js")
                        .text();
        // then
        assertThat(page).doesNotContain("http://", "https://", "//cdn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger-ui/swagger.yaml",
                "/controlPlane/swagger-ui/swagger.yaml",
                "/resource-service/swagger-ui/swagger.yaml",
                "/mongodb-datastore/swagger-ui/swagger.yaml"
            })
    void servesEveryDocumentToEverybody(String path) {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + path);
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).startsWith("openapi: 3.1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui", "/", "/swagger-ui/unknown.js", "/swagger-ui/../../etc/passwd"})
    void knowsNoOtherFile(String path) {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + path);
        // then
        assertThat(reply.status()).isIn(400, 404);
    }
}
