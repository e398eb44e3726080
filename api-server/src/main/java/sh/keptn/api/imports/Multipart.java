package sh.keptn.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import sh.keptn.api.http.Request;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * A form with a file, as browsers and {@code curl -F} send it.
 *
 * @param boundary what stands between its parts
 */
record Multipart(String boundary) {
    private static final String TYPE = "multipart/form-data";
    private static final int MAX_BOUNDARY = 70;
    private static final int MAX_PARTS = 20;
    private static final int MAX_PART_HEADER = 4 << 10;

    /**
     * The form in a request.
     *
     * @throws KeptnException {@code Invalid} if it sends something else
     */
    static Multipart of(Request request) {
        String type = request.header("Content-Type").orElse("");
        boolean form = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
        String boundary = form ? parameters(type).getOrDefault("boundary", "") : "";
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw KeptnException.invalid("body", "must be " + TYPE + " with a boundary");
        }
        return new Multipart(boundary);
    }

    /**
     * Puts the part of that name into a file; the first of them, if there are more.
     *
     * @throws KeptnException {@code Invalid} if there is none, or the form is broken
     */
    void extract(InputStream in, String name, UploadedFile file) {
        try {
            MultipartInput parts = MultipartInput.builder()
                    .setInputStream(in)
                    .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                    .setMaxPartHeaderSize(MAX_PART_HEADER)
                    .get();
            boolean found = false;
            boolean more = parts.skipPreamble();
            for (int count = 0; more; count++) {
                if (count == MAX_PARTS) {
                    throw KeptnException.invalid("body", "has more than " + MAX_PARTS + " parts");
                }
                if (!found && name.equals(fieldOf(parts.readHeaders()).orElse(""))) {
                    file.fill(parts.newInputStream());
                    found = true;
                } else {
                    parts.discardBodyData();
                }
                more = parts.readBoundary();
            }
            if (!found) {
                throw KeptnException.invalid(name, "is missing: the form has no such file");
            }
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new KeptnException(new KeptnError.Invalid("body", "is no well-formed " + TYPE), e);
        }
    }

    /** The form's field that a part is for, by its headers. */
    private static Optional<String> fieldOf(String headers) {
        return headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .map(line -> parameters(line.substring(line.indexOf(':') + 1)))
                .flatMap(parameters -> Optional.ofNullable(parameters.get("name")));
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, new char[] {';', ','});
    }
}
