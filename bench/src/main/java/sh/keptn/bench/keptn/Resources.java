package sh.keptn.bench.keptn;

import java.io.IOException;
import java.util.List;

/** Files of stages, by whatever way to them is measured. */
public interface Resources {
    /** A project whose upstream the local Git server provides; returns when it is ready to use. */
    void createProject(String name, List<String> stages) throws IOException, InterruptedException;

    /** Writes one file of a stage; the id of its commit, which is in the upstream then. */
    String write(String project, String stage, String path, String content) throws IOException, InterruptedException;

    /** The file as the stage has it now. */
    String read(String project, String stage, String path) throws IOException, InterruptedException;

    /** The file as a commit has it. */
    String readAt(String project, String stage, String commit, String path) throws IOException, InterruptedException;
}
