package sh.keptn.operator.provision;

import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/** Makes repositories for projects that come without one, and takes them back. */
public interface Provisioner {
    /**
     * A repository for the project; asked again, the same one or another.
     *
     * @throws KeptnException {@code Unavailable} if none can be had
     */
    ProvisionedRepository provision(ProjectName project, String namespace);

    /**
     * Gives the project's repository back.
     *
     * @throws KeptnException {@code Unavailable} if the provisioner does not take it
     */
    void retire(ProjectName project, String namespace);
}
