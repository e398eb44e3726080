package sh.keptn.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.GivenRequest;
import sh.keptn.core.error.KeptnException;

class WriteRequestTest {
    @Test
    void takesNamesInAListAsTheyStand() {
        WriteRequest request = WriteRequest.ofList(
                GivenRequest.json("{\"resources\":[{\"resourceURI\":\"/a/c+d\",\"resourceContent\":\"aGk=\"}]}"));

        assertThat(request.files()).hasSize(1);
        assertThat(request.files().getFirst().path().value()).isEqualTo("a/c+d");
        assertThat(request.files().getFirst().content().text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resources\":[]}",
                "{\"resources\":[null]}",
                "{\"resources\":[{\"resourceURI\":\"a\"}]}",
                "{\"resources\":[{\"resourceContent\":\"aGk=\"}]}",
                "{\"resources\":[{\"resourceURI\":\"a\",\"resourceContent\":\"aGk\"}]}",
                "{\"resources\":[{\"resourceURI\":\"../x\",\"resourceContent\":\"aGk=\"}]}",
                "{\"resources\":[{\"resourceURI\":\"%2e%2e%2fx\",\"resourceContent\":\"aGk=\"}]}",
                "{\"resources\":[{\"resourceURI\":\"%252e%252e%252fx\",\"resourceContent\":\"aGk=\"}]}",
                "{\"resources\":[{\"resourceURI\":\".git/config\",\"resourceContent\":\"aGk=\"}]}",
                "{\"resources\":[{\"resourceURI\":\"ok\",\"resourceContent\":\"aGk=\"},"
                        + "{\"resourceURI\":\".GIT/x\",\"resourceContent\":\"aGk=\"}]}",
            })
    void refusesTheWholeListForOneBadEntry(String body) {
        assertThatThrownBy(() -> WriteRequest.ofList(GivenRequest.json(body))).isInstanceOf(KeptnException.class);
    }
}
