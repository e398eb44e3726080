package sh.keptn.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One system with a node for all tests that look at workloads: a start of it takes longer than most of them. */
final class RunningWorkloads implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RunningWorkloads.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == WorkloadSystem.class;
    }

    @Override
    public WorkloadSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(WorkloadSystem.class, key -> start(), WorkloadSystem.class);
    }

    private static WorkloadSystem start() {
        try {
            return WorkloadSystem.up(Files.createTempDirectory("keptn-e2e"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
