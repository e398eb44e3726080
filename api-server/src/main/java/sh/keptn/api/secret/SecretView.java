package sh.keptn.api.secret;

/** A secret in the answer to a write: what was asked for, without its values. */
public record SecretView(String name, String scope) {
    static SecretView of(GivenSecret given) {
        return new SecretView(given.name().value(), given.scope().name());
    }
}
