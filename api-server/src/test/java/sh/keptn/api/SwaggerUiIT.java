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
        assertThat(reply.header("Location")).hasValue("api/swagger-ui/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html",
        "index.html, text/html",
        "swagger-initializer.js, text/javascript",
        "documents.js, text/javascript",
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
                "/mongodb-datastore/swagger-ui/swagger.yaml",
                "/configuration-service/swagger-ui/swagger.yaml",
                "/secrets/swagger-ui/swagger.yaml"
            })
    void servesKeptnsDocumentsToEverybodyInKeptnsFormat(String path) {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + path);
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/yaml");
        assertThat(reply.text()).startsWith("swagger: \"2.0\"").contains("\nbasePath: /api/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.yaml",
                "/swagger-ui/openapi.yaml",
                "/controlPlane/swagger-ui/openapi.yaml",
                "/resource-service/swagger-ui/openapi.yaml",
                "/mongodb-datastore/swagger-ui/openapi.yaml",
                "/webhooks/swagger-ui/openapi.yaml"
            })
    void servesEveryDocumentToEverybody(String path) {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + path);
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/yaml");
        assertThat(reply.text()).startsWith("openapi: 3.1.0").contains("url: ../");
    }

    @Test
    void servesTheWholeAndKeptnsOwnDocumentAsJson() {
        // when
        Reply whole = api.anonymous().get(api.endpoint() + "/openapi.json");
        Reply own = api.anonymous().get(api.endpoint() + "/swagger.json");
        // then
        assertThat(whole.json().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(own.json().path("swagger").asText()).isEqualTo("2.0");
        assertThat(own.json().path("basePath").asText()).isEqualTo("/api/v1");
    }

    @Test
    void leadsFromKeptnsOtherPageToThisOne() {
        // when
        Reply reply = api.anonymous().get(api.endpoint() + "/v1/docs");
        // then
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).hasValue("../swagger-ui/");
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
