package sh.keptn.api.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import sh.keptn.api.http.Json;

/** One page of the browser: what a person does there, and everything that it asked for and complained of. */
public final class Page implements AutoCloseable {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final DevTools devTools;

    Page(HttpClient http, URI socket) {
        devTools = new DevTools(http, socket, this::hear);
        for (String domain : List.of("Page", "Runtime", "Network", "Log", "Audits")) {
            devTools.call(domain + ".enable");
        }
    }

    public void open(String url) {
        devTools.call("Page.navigate", "url", url);
    }

    /** The value of a JavaScript expression. */
    public JsonNode evaluate(String expression) {
        JsonNode result = devTools.call(
                "Runtime.evaluate", "expression", expression, "returnByValue", true, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** The text of every element that the CSS selector finds. */
    public List<String> texts(String selector) {
        return evaluate("[...document.querySelectorAll(" + quoted(selector) + ")].map(e => e.innerText)")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    public void awaitPresent(String selector) {
        Awaitility.await(selector + " is there")
                .until(() -> evaluate("document.querySelector(" + quoted(selector) + ") !== null")
                        .asBoolean());
    }

    /** Clicks on the element as soon as it is there. */
    public void click(String selector) {
        awaitPresent(selector);
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Types into the field, replacing what it holds. */
    public void type(String selector, String text) {
        awaitPresent(selector);
        evaluate("(e => { e.focus(); e.select(); })(document.querySelector(" + quoted(selector) + "))");
        devTools.call("Input.insertText", "text", text);
    }

    /** Chooses the option with that text, as a person does with the mouse. */
    public void choose(String selector, String option) {
        awaitPresent(selector);
        evaluate("(e => { e.selectedIndex = [...e.options].findIndex(o => o.text === " + quoted(option)
                + "); e.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector("
                + quoted(selector) + "))");
    }

    /** Every address that was asked for. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Errors of scripts, of loading and of the content security policy. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void screenshot(Path file) {
        String data = devTools.call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", false)
                .path("data")
                .asText();
        try {
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        devTools.close();
    }

    private void hear(String method, JsonNode event) {
        switch (method) {
            case "Network.requestWillBeSent" ->
                requests.add(event.at("/request/url").asText());
            case "Network.loadingFailed" -> complaints.add("not loaded: " + event);
            case "Runtime.exceptionThrown" -> complaints.add("thrown: " + event);
            case "Log.entryAdded" -> complaints.add("logged: " + event);
            case "Audits.issueAdded" -> {
                if (event.toString().contains("ContentSecurityPolicy")) {
                    complaints.add("refused: " + event);
                }
            }
            default -> {}
        }
    }

    private static String quoted(String text) {
        return new String(Json.write(Map.of("s", text)), StandardCharsets.UTF_8)
                .replaceFirst("^\\{\"s\":", "")
                .replaceFirst("}$", "");
    }
}
