package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

class AuditLogTest {
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void saysWhoWroteWhatAndWhatCameOfIt() {
        Answer answer = Answer.empty(200).of(new CommitId(COMMIT));

        AuditLog.write("PUT", visit("/api/x/{project}", "ci"), answer);

        assertThat(keys())
                .containsExactly(Map.of(
                        "method", "PUT",
                        "route", "/api/x/{project}",
                        "project", "sockshop",
                        "caller", "ci",
                        "status", "200",
                        "commit", COMMIT));
    }

    @Test
    void keepsRefusedWritesToo() {
        AuditLog.write("DELETE", visit("/api/x/{project}", "ci"), Answer.empty(403));

        assertThat(keys()).singleElement().extracting("status").isEqualTo("403");
    }

    @Test
    void escapesWhatWouldBreakALine() {
        AuditLog.write("POST", visit("/api/x/{project}", "eve\r\nlevel=ERROR \u001b[31m"), Answer.empty(200));

        assertThat(keys()).singleElement().extracting("caller").isEqualTo("eve\\u000d\\u000alevel=ERROR \\u001b[31m");
    }

    @Test
    void leavesOutReadersStrangersTokenChecksAndHeartbeats() {
        AuditLog.write("GET", visit("/api/x/{project}", "ci"), Answer.empty(200));
        AuditLog.write("POST", new Visit(), Answer.empty(401));
        AuditLog.write("POST", visit("/api/v1/auth", "ci"), Answer.empty(200));
        AuditLog.write("PUT", visit("/api/controlPlane/v1/uniform/registration/{id}/ping", "ci"), Answer.empty(200));

        assertThat(keys()).isEmpty();
    }

    private List<Map<String, String>> keys() {
        return lines.list.stream()
                .map(line -> line.getKeyValuePairs().stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))))
                .toList();
    }

    private static Visit visit(String template, String caller) {
        Visit visit = new Visit();
        visit.routed(new Route("PUT", template, Route.Access.TOKEN, Need.NOTHING, _ -> Answer.empty(200)));
        visit.entered(new AllPowerful(caller));
        visit.concerns(new ProjectName("sockshop"));
        return visit;
    }
}
