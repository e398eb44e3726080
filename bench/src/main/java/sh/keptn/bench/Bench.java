package sh.keptn.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.keptn.Resources;

/** What every row works with: the way to resources that is measured, the server of the upstreams, and room for clones. */
record Bench(
        Resources resources, Hosting hosting, Path folder, Scale scale, PrintStream progress, AtomicLong sequence) {
    static final String STAGE = "dev";

    Bench(Resources resources, Hosting hosting, Path folder, Scale scale, PrintStream progress) {
        // Names that no earlier run on the same system has taken.
        this(resources, hosting, folder, scale, progress, new AtomicLong(System.currentTimeMillis()));
    }

    /** A fresh project with one stage. */
    String project(String purpose) throws IOException, InterruptedException {
        String name = name(purpose);
        resources.createProject(name, List.of(STAGE));
        return name;
    }

    /** A name that nothing else has. */
    String name(String purpose) {
        return "bench-" + purpose + "-" + sequence.incrementAndGet();
    }

    /** A clone of a project's upstream, to fill it and to look at what is there. */
    GitByHand cloneOf(String project) throws IOException, InterruptedException {
        return GitByHand.clone(hosting.repository(project), STAGE, room(project));
    }

    /** A repository that Keptn does not know, with the same content as a project's upstream. */
    Hosting.Repository twin(GitByHand original) throws IOException, InterruptedException {
        Hosting.Repository twin = hosting.repository(name("twin"));
        original.copyTo(twin);
        return twin;
    }

    /** A clone of a repository in a folder of its own. */
    GitByHand cloneOf(Hosting.Repository repository) throws IOException {
        return GitByHand.clone(repository, STAGE, room("clone"));
    }

    /** A new folder. */
    Path room(String purpose) {
        return folder.resolve(name(purpose));
    }

    void say(String words) {
        progress.println(words);
    }
}
