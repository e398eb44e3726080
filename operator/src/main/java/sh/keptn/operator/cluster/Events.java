package sh.keptn.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Reason;

/**
 * Writes events about transitions. The same words about the same object are one event: its series counts up instead of a
 * second one appearing. An event that cannot be written is logged and fails nothing.
 */
public final class Events {
    private static final Logger log = LoggerFactory.getLogger(Events.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_NOTE = 1000;
    private static final int MAX_NAME = 253;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    /**
     * Events from one operator process.
     *
     * @param instance which operator process this is: the pod's name
     */
    public Events(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, Reason reason, String note) {
        write(about, "Normal", reason, note);
    }

    /** Something a person should know of. */
    public void warning(HasMetadata about, Reason reason, String note) {
        write(about, "Warning", reason, note);
    }

    private void write(HasMetadata about, String type, Reason reason, String note) {
        String namespace = about.getMetadata().getNamespace();
        String words = note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
        String suffix = "." + ShortHash.of(about.getMetadata().getUid() + "\n" + reason + "\n" + words);
        String name = ShortHash.cut(about.getMetadata().getName(), MAX_NAME - suffix.length()) + suffix;
        ObjectReference regarding = new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(namespace)
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withEventTime(now())
                .withReportingController(FieldManagers.OPERATOR)
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(type)
                .withReason(reason.text())
                .withRegarding(regarding)
                .withNote(words)
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                again(namespace, name);
            } else {
                failed(name, e);
            }
        }
    }

    private void again(String namespace, String name) {
        try {
            var resource = client.events().v1().events().inNamespace(namespace).withName(name);
            Event known = resource.get();
            if (known == null) {
                return;
            }
            int count = Optional.ofNullable(known.getSeries())
                    .map(series -> series.getCount())
                    .orElse(1);
            resource.edit(event -> new EventBuilder(event)
                    .withNewSeries()
                    .withCount(count + 1)
                    .withLastObservedTime(now())
                    .endSeries()
                    .build());
        } catch (KubernetesClientException e) {
            failed(name, e);
        }
    }

    private MicroTime now() {
        return new MicroTime(MICROS.format(clock.instant()));
    }

    private static void failed(String name, KubernetesClientException e) {
        log.atWarn().addKeyValue("event", name).setCause(e).log("event not written");
    }
}
