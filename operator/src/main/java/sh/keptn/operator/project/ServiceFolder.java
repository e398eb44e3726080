package sh.keptn.operator.project;

import sh.keptn.core.model.ServiceName;

/** A folder at a stage's root that looks like a service, whatever its name. */
record ServiceFolder(String name) {
    /** Whether a service may bear the folder's name. */
    boolean nameable() {
        return ServiceName.isValid(name);
    }
}
