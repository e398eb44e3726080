package sh.keptn.api.resource;

import java.util.List;
import java.util.Map;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ResourcePath;
import sh.keptn.core.model.Scope;

/** Writes one file for others of this server, as the REST operation does. */
public final class ResourceWriter {
    private final Resources resources;

    public ResourceWriter(Cluster cluster, ProjectUpstreams upstreams, GitStore store, RequestStamper stamper) {
        this.resources = new Resources(new Places(upstreams, cluster, store), store, stamper);
    }

    /** Returns what the REST operation answers, once the commit is in the upstream. */
    public Object write(
            ProjectName project, Scope scope, ResourcePath path, Content content, Map<String, String> trailers) {
        Resources.Written written = resources.write(
                new Place(project, scope),
                new WriteRequest(List.of(new WriteRequest.File(path, content))),
                WriteTerms.none(trailers));
        return new Views.Written(
                written.commit().value(), Views.Metadata.of(written.project().upstream(), written.commit()));
    }
}
