package sh.keptn.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Keptn's body of a failure; clients read both fields.
 *
 * @param code mostly the status again; 0 is left out
 */
public record ErrorBody(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int code, String message) {}
