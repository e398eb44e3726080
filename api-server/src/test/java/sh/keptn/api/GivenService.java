package sh.keptn.api;

import java.util.List;
import org.awaitility.Awaitility;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.crds.service.ServiceStageStatus;

/** The service carts of a project as it stands after the operator has done its work. */
final class GivenService {
    private GivenService() {}

    /** Makes it on the stage dev and waits until the server sees it there. */
    static void carts(ApiExtension api, GivenProject project) {
        KeptnService service = new KeptnService();
        service.getMetadata().setName(project.name() + ".carts");
        service.getMetadata().setNamespace(api.namespace());
        service.setSpec(new KeptnServiceSpec(project.name(), "carts", null));
        KeptnService made = api.kubernetes().resource(service).create();
        ServiceStageStatus dev = new ServiceStageStatus("dev", true, "dev@sha1:" + "0".repeat(40), null);
        made.setStatus(new KeptnServiceStatus(made.getMetadata().getGeneration(), List.of(), List.of(dev), "dev"));
        api.kubernetes().resource(made).updateStatus();
        String url = api.endpoint() + "/controlPlane/v1/project/" + project.name() + "/stage/dev/service/carts";
        Awaitility.await("the server sees the service")
                .until(() -> api.http().get(url).status() == 200);
    }
}
