package sh.keptn.core.git.jgit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of the machine: no Git settings of a user, of the system or of JGit itself, and no variable of the
 * environment that could bring some. JGit keeps its reader per process; this one holds no project's settings.
 */
final class IsolatedSystem extends SystemReader {
    private static final int STREAM_ABOVE_BYTES = 8 << 20;

    private final SystemReader machine;

    private IsolatedSystem(SystemReader machine) {
        this.machine = machine;
    }

    /** Makes it JGit's view of the machine; once is enough, again does no harm. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystem)) {
            SystemReader.setInstance(new IsolatedSystem(SystemReader.getInstance()));
            WindowCacheConfig cache = new WindowCacheConfig();
            cache.setStreamFileThreshold(STREAM_ABOVE_BYTES);
            cache.install();
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return machine.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    @SuppressWarnings("deprecation") // JGit has no other form of this abstract method yet.
    public long getCurrentTime() {
        return machine.now().toEpochMilli();
    }

    @Override
    @SuppressWarnings("deprecation") // As above.
    public int getTimezone(long when) {
        return 0;
    }

    private static final class NoConfig extends FileBasedConfig {
        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        /**
         * JGit asks its settings how exact a file system's times are, and else spends seconds of every start on measuring
         * it. A mirror has one writing process, so a careful guess is enough.
         */
        @Override
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            return section.equals("filesystem") ? "10 ms" : null;
        }

        @Override
        public void load() {
            // There is no file, so there is nothing to load.
        }

        @Override
        public void save() {
            // Nor anywhere to save to.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
