package sh.keptn.api.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.StrictBase64;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.ResourcePath;

/** What a client wants to be written: files with their contents, checked and decoded. */
record WriteRequest(List<File> files) {
    WriteRequest {
        files = List.copyOf(files);
    }

    record File(ResourcePath path, Content content) {}

    private record ListBody(@Nullable List<@Nullable FileBody> resources) {}

    private record FileBody(
            @Nullable String resourceURI, @Nullable String resourceContent) {}

    private record ItemBody(@Nullable String resourceContent) {}

    /** {@code {"resources":[{"resourceURI":"...","resourceContent":"<base64>"}]}}: names are taken as they stand. */
    static WriteRequest ofList(Request request) {
        List<@Nullable FileBody> resources =
                request.json(ListBody.class, Json.Unknown.IGNORED).resources();
        if (resources == null || resources.isEmpty()) {
            throw KeptnException.invalid("resources", "must hold at least one resource");
        }
        return new WriteRequest(resources.stream().map(WriteRequest::file).toList());
    }

    /** {@code {"resourceContent":"<base64>"}} for the name in the path. */
    static WriteRequest ofItem(Request request, ResourcePath path) {
        ItemBody body = request.json(ItemBody.class, Json.Unknown.IGNORED);
        return new WriteRequest(List.of(new File(path, content(body.resourceContent()))));
    }

    private static File file(@Nullable FileBody body) {
        if (body == null || body.resourceURI() == null) {
            throw KeptnException.invalid("resourceURI", "is missing");
        }
        return new File(ResourcePath.parse(body.resourceURI()), content(body.resourceContent()));
    }

    private static Content content(@Nullable String base64) {
        if (base64 == null) {
            throw KeptnException.invalid("resourceContent", "is missing");
        }
        return Content.of(StrictBase64.decode("resourceContent", base64));
    }
}
