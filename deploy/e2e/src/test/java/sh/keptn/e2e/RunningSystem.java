package sh.keptn.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One system for all tests of a run: started for the first that asks for it, ended after the last. */
final class RunningSystem implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSystem.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(LocalSystem.class, key -> start(), LocalSystem.class);
    }

    private static LocalSystem start() {
        try {
            return LocalSystem.up(Files.createTempDirectory("keptn-e2e"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
