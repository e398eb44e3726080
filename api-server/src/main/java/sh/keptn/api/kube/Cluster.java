package sh.keptn.api.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;

/** The namespace that this server serves: its projects, its services, and the Secrets that belong to them. */
public final class Cluster implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final Watched<KeptnProject> projects;
    private final Watched<KeptnService> services;
    private final Watched<Secret> secrets;

    /** Starts to watch, and returns at once: a Kubernetes API that is down now is found when it is up. */
    public Cluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        var projectsThere = client.resources(KeptnProject.class).inNamespace(namespace);
        this.projects = new Watched<>(namespace, projectsThere, projectsThere.runnableInformer(0));
        var servicesThere = client.resources(KeptnService.class).inNamespace(namespace);
        this.services = new Watched<>(namespace, servicesThere, servicesThere.runnableInformer(0));
        var secretsThere = client.secrets().inNamespace(namespace);
        this.secrets = new Watched<>(namespace, secretsThere, secretsThere.runnableInformer(0));
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    public Watched<KeptnProject> projects() {
        return projects;
    }

    public Watched<KeptnService> services() {
        return services;
    }

    public Watched<Secret> secrets() {
        return secrets;
    }

    /** Whether everything is known and followed. */
    public boolean isCurrent() {
        return projects.isCurrent() && services.isCurrent() && secrets.isCurrent();
    }

    /** Ends the watches; the client is its owner's to close. */
    @Override
    public void close() {
        projects.close();
        services.close();
        secrets.close();
    }
}
