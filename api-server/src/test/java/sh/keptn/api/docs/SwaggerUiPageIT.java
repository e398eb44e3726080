package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.ApiExtension;
import sh.keptn.api.browser.Browser;
import sh.keptn.api.browser.Page;
import sh.keptn.api.browser.PrefixProxy;

/** The page in a real browser, which reaches nothing but this server. */
class SwaggerUiPageIT {
    private static final String WHOLE = "everything";

    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    private static Browser browser;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start(api.folder("browser"));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @Test
    void showsEveryCollectionAndAllOfThemTogether() {
        try (Page page = browser.page()) {
            // given
            page.open(api.endpoint() + "/swagger-ui/");
            page.awaitPresent("#select option");
            // when
            List<String> choices = page.texts("#select option");
            // then
            List<String> collections =
                    Arrays.stream(Document.values()).map(Document::collection).toList();
            assertThat(choices)
                    .containsExactlyElementsOf(Stream.concat(Stream.of(WHOLE), collections.stream())
                            .toList());
            awaitOperations(page, "Keptn", Documented.all().size());
            for (Document document : Document.values()) {
                page.choose("#select", document.collection());
                awaitOperations(page, document.collection(), (int)
                        Documented.of(document).count());
            }
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void asksNobodyButTheServer() {
        try (Page page = browser.page()) {
            // when
            page.open(api.endpoint() + "/swagger-ui/index.html");
            awaitOperations(page, "Keptn", Documented.all().size());
            // then
            assertThat(page.requests())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(api.endpoint() + "/") || url.startsWith("data:"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void letsAnOperationBeTriedWithTheToken() {
        // when, then
        tryOut(api.endpoint(), WHOLE);
    }

    @Test
    void worksForACollectionBehindAPathPrefix() throws Exception {
        // given
        try (PrefixProxy proxy = PrefixProxy.plain("/team/keptn", origin())) {
            // when, then
            tryOut(proxy.url() + "/api", "api-service");
        }
    }

    @Test
    void worksBehindTlsAndAPathPrefix() throws Exception {
        // given
        try (PrefixProxy proxy = PrefixProxy.tls("/keptn", origin(), api.folder("tls"))) {
            // when, then
            tryOut(proxy.url() + "/api", WHOLE);
        }
    }

    @Test
    void isFoundFromWhereKeptnsPeopleLookForIt() throws Exception {
        // given
        try (PrefixProxy proxy = PrefixProxy.plain("/some/where", origin());
                Page page = browser.page()) {
            for (String known : List.of("/api", "/api/v1/docs", "/api/swagger-ui/index.html")) {
                // when
                page.open(proxy.url() + known);
                // then
                awaitOperations(page, "Keptn", Documented.all().size());
                page.open("about:blank");
                Awaitility.await().until(() -> page.texts("#swagger-ui").isEmpty());
            }
        }
    }

    @Test
    void refusesScriptsThatAreNotItsOwn() {
        try (Page page = browser.page()) {
            // given
            page.open(api.endpoint() + "/swagger-ui/");
            awaitOperations(page, "Keptn", Documented.all().size());
            // when
            page.evaluate("document.body.appendChild(Object.assign(document.createElement('script'),"
                    + " {text: 'window.intruder = true'}))");
            // then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(page.complaints())
                            .anyMatch(complaint -> complaint.contains("Content Security Policy")));
            assertThat(page.evaluate("window.intruder === undefined").asBoolean())
                    .isTrue();
        }
    }

    private static void tryOut(String endpoint, String document) {
        try (Page page = browser.page()) {
            page.open(endpoint + "/swagger-ui/");
            page.choose("#select", document);
            page.awaitPresent("#operations-Metadata-metadata");
            authorize(page);
            page.click("#operations-Metadata-metadata .opblock-summary-control");
            page.click("#operations-Metadata-metadata .try-out__btn");
            page.click("#operations-Metadata-metadata .execute");
            assertThat(answer(page, "#operations-Metadata-metadata")).contains("keptnversion", api.namespace());
            page.click("#operations-Event-event .opblock-summary-control");
            page.click("#operations-Event-event .try-out__btn");
            page.click("#operations-Event-event .execute");
            assertThat(answer(page, "#operations-Event-event")).contains("keptnContext");
            page.screenshot(screenshot());
            assertThat(page.requests()).contains(endpoint + "/v1/metadata", endpoint + "/v1/event");
            assertThat(page.requests()).allMatch(url -> url.startsWith(endpoint + "/") || url.startsWith("data:"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    private static void authorize(Page page) {
        page.click(".auth-wrapper .btn.authorize");
        page.type(".auth-container input", ApiExtension.TOKEN);
        page.click(".auth-btn-wrapper .authorize");
        Awaitility.await("authorized")
                .until(() -> page.texts(".auth-container h6").contains("Authorized"));
        page.click(".auth-btn-wrapper .btn-done");
    }

    /** The live answer of an operation, once it is there with 200. */
    private static String answer(Page page, String operation) {
        String row = operation + " .live-responses-table .response";
        Awaitility.await(operation)
                .untilAsserted(() -> assertThat(page.texts(row + " .response-col_status"))
                        .anyMatch(status -> status.strip().startsWith("200")));
        return String.join("\n", page.texts(row + " .response-col_description"));
    }

    private static void awaitOperations(Page page, String title, int number) {
        Awaitility.await(title).untilAsserted(() -> {
            assertThat(page.texts(".info .title")).anyMatch(shown -> shown.startsWith(title));
            assertThat(page.texts(".opblock")).hasSize(number);
        });
    }

    private static String origin() {
        return "http://127.0.0.1:" + api.port();
    }

    /** Kept for people who want to see what the browser saw. */
    private static Path screenshot() {
        return Path.of("target", "swagger-ui.png");
    }
}
