package sh.keptn.api.http;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.model.Printable;
import sh.keptn.core.model.ProjectName;

/** One line for each write that a known caller asked for, whatever became of it: who, what, and the commit. */
final class AuditLog {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Asked each few seconds by every integration, and changing nothing that a person would look for. */
    private static final String HEARTBEAT = "/ping";

    private static final String TOKEN_CHECK = "/api/v1/auth";

    private AuditLog() {}

    static void write(String method, Visit visit, Answer answer) {
        if (!WRITING.contains(method)
                || visit.caller().isEmpty()
                || visit.template().endsWith(HEARTBEAT)
                || visit.template().equals(TOKEN_CHECK)) {
            return;
        }
        log.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", visit.template())
                .addKeyValue("project", visit.project().map(ProjectName::value).orElse(""))
                .addKeyValue("caller", Printable.of(visit.caller().get().name()))
                .addKeyValue("status", answer.status())
                .addKeyValue("commit", answer.commit().orElse(""))
                .log("write");
    }
}
