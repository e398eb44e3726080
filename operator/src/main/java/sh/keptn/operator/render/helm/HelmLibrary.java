package sh.keptn.operator.render.helm;

import com.marcnuri.helm.jni.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Helm's engine as a shared library, laid out once for all workers. Nothing is ever downloaded for it. */
final class HelmLibrary {
    private HelmLibrary() {}

    /** The library's file in a folder, made if it is not there. */
    static Path in(Path folder) {
        NativeLibrary library = ServiceLoader.load(NativeLibrary.class, NativeLibrary.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.getBinaryName().contains(platform()))
                .findFirst()
                .orElseThrow(() -> unavailable(null));
        Path file = folder.resolve(library.getBinaryName());
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream in = library.getClass().getResourceAsStream("/" + library.getBinaryName())) {
            if (in == null) {
                throw unavailable(null);
            }
            Path part = Files.createTempFile(folder, "library", ".part");
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static String platform() {
        String architecture = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT) + "-" + architecture;
    }

    private static KeptnException unavailable(@Nullable Throwable cause) {
        return new KeptnException(
                new KeptnError.Unavailable(
                        "Helm's engine cannot be had on this machine (" + platform() + ")", Duration.ofMinutes(10)),
                cause);
    }
}
