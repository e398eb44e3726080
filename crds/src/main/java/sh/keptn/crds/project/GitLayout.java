package sh.keptn.crds.project;

/** Where stages stand in the repository; constants spelled as in YAML. */
public enum GitLayout {
    Branch,
    Directory
}
