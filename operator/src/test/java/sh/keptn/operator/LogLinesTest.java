package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The shipped log settings: one event is one line, whatever stands in it. */
class LogLinesTest {
    @Test
    void anEventIsOneLineWhateverStandsInIt() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        context.putProperty("KEPTN_LOG_FORMAT", "plain");
        configurator.setContext(context);
        configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("plain");
        var encoder = (PatternLayoutEncoder) appender.getEncoder();
        LoggingEvent event = new LoggingEvent(
                "fqcn",
                context.getLogger("test"),
                Level.WARN,
                "first\r\n2026-01-01 INFO forged",
                new IllegalStateException("with\na break"),
                new Object[0]);
        event.addKeyValuePair(new KeyValuePair("project", "a\nb"));

        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);

        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("first | 2026-01-01 INFO forged").contains("project=\"a | b\"");
    }
}
