package sh.keptn.api.http;

/** Keptn's body of a failure; clients read both fields. */
public record ErrorBody(int code, String message) {}
