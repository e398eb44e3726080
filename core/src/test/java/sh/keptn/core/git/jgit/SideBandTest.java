package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.PackProtocolException;
import org.junit.jupiter.api.Test;

class SideBandTest {
    private static final char DATA = 1;
    private static final char PROGRESS = 2;
    private static final char ERROR = 3;

    @Test
    void putsTheDataOfAllPacketsTogether() throws IOException {
        assertThat(read(packet(DATA, "unpack") + packet(DATA, " ok") + "0000")).isEqualTo("unpack ok");
    }

    @Test
    void passesOverWhatIsForAPersonAndWhatKeepsTheLineOpen() throws IOException {
        assertThat(read(packet(PROGRESS, "remote: \u001b[31mhello") + "0005" + DATA + packet(DATA, "ok") + "0000"))
                .isEqualTo("ok");
    }

    @Test
    void endsAtTheEndOfThePackets() throws IOException {
        assertThat(read(packet(DATA, "ok") + "0000" + "whatever")).isEqualTo("ok");
    }

    @Test
    void saysNothingOfAServersLastWords() {
        assertThatThrownBy(() -> read(packet(ERROR, "secret") + "0000"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void takesAnAnswerThatBreaksOffForLost() {
        assertThatThrownBy(() -> read("000aab")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(packet(DATA, "ok"))).isInstanceOf(EOFException.class);
    }

    @Test
    void refusesWhatIsNoPacket() {
        assertThatThrownBy(() -> read("<html>")).isInstanceOf(PackProtocolException.class);
    }

    private static String packet(char channel, String content) {
        return "%04x%c%s".formatted(content.length() + 5, channel, content);
    }

    private static String read(String packets) throws IOException {
        try (SideBand band = new SideBand(new ByteArrayInputStream(packets.getBytes(StandardCharsets.UTF_8)))) {
            return new String(band.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
