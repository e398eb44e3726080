package sh.keptn.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingCertificateIT {
    private static final GivenCertificate FIRST = GivenCertificate.make();
    private static final GivenCertificate SECOND = GivenCertificate.make();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @TempDir
    Path folder;

    private TlsFiles files = new TlsFiles(Path.of("unset"), Path.of("unset"));

    @BeforeEach
    void givenFiles() {
        files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        FIRST.writeTo(files.certificate(), files.key());
    }

    @Test
    void offersTls12And13Alone() {
        assertThat(Set.of(serving().context().createSSLEngine().getEnabledProtocols()))
                .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @Test
    void servesANewCertificateOnceItsKeyIsThereToo() throws IOException {
        ServingCertificate serving = serving();
        Files.writeString(files.certificate(), SECOND.certificatePem());
        assertThat(shown(serving)).isEqualTo(FIRST);

        Files.writeString(files.key(), SECOND.keyPem());

        assertThat(shown(serving)).isEqualTo(SECOND);
    }

    @Test
    void keepsTheLastGoodOneWhileTheFilesAreGoneOrBad() throws IOException {
        ServingCertificate serving = serving();

        for (String bad : new String[] {
            "", "no PEM", SECOND.keyPem(), FIRST.certificatePem().replace("MI", "??")
        }) {
            Files.writeString(files.certificate(), bad);
            assertThat(shown(serving)).isEqualTo(FIRST);
        }
        Files.delete(files.certificate());
        assertThat(shown(serving)).isEqualTo(FIRST);

        SECOND.writeTo(files.certificate(), files.key());
        assertThat(shown(serving)).isEqualTo(SECOND);
    }

    @Test
    void looksAtTheFilesOnceASecondAtMost() {
        ServingCertificate serving = serving();
        SECOND.writeTo(files.certificate(), files.key());

        String alias = Objects.requireNonNull(serving.chooseEngineServerAlias("EC", null, null));

        assertThat(serving.getPrivateKey(alias)).isEqualTo(FIRST.key());
    }

    @Test
    void endsAHandshakeWithTheCertificateThatItBeganWith() {
        ServingCertificate serving = serving();
        String begun = Objects.requireNonNull(serving.chooseEngineServerAlias("EC", null, null));
        SECOND.writeTo(files.certificate(), files.key());
        assertThat(shown(serving)).isEqualTo(SECOND);

        assertThat(serving.getCertificateChain(begun)).containsExactly(FIRST.certificate());
        assertThat(serving.getPrivateKey(begun)).isEqualTo(FIRST.key());
    }

    @Test
    void hasNothingForAnotherKindOfKey() {
        assertThat(serving().chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-keyalg RSA -keysize 2048", "-keyalg EC -groupname secp384r1", "-keyalg EC -groupname secp256r1"
            })
    void readsTheOlderFormsOfKeys(String kind) throws IOException {
        GivenCertificate given = GivenCertificate.make(kind.split(" "));
        given.writeTo(files.certificate(), files.key());
        Files.writeString(files.key(), given.olderKeyPem());

        assertThat(Identity.of(files, files.content()).key()).isEqualTo(given.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-keyalg RSA -keysize 3072", "-keyalg Ed25519"})
    void readsEveryKindOfKey(String kind) {
        GivenCertificate given = GivenCertificate.make(kind.split(" "));
        given.writeTo(files.certificate(), files.key());

        assertThat(Identity.of(files, files.content()).key()).isEqualTo(given.key());
    }

    @Test
    void takesAChainWithTheKeyAfterIt() throws IOException {
        Files.writeString(files.certificate(), "subject=me\n" + FIRST.certificatePem() + SECOND.certificatePem());
        Files.writeString(files.key(), FIRST.certificatePem() + FIRST.keyPem());

        assertThat(Identity.of(files, files.content()).chain())
                .containsExactly(FIRST.certificate(), SECOND.certificate());
    }

    @Test
    void saysWhichFileCannotBeUsedAndWhyWithoutQuotingAKey() throws IOException {
        assertBad(SECOND.certificatePem(), FIRST.keyPem(), "tls.key is not the key of the first certificate");
        assertBad(GivenCertificate.make("-keyalg", "RSA").certificatePem(), FIRST.keyPem(), "of another kind");
        assertBad("", FIRST.keyPem(), "tls.crt holds no certificate");
        assertBad(FIRST.keyPem(), FIRST.keyPem(), "tls.crt holds no certificate");
        assertBad(FIRST.certificatePem(), "", "tls.key holds no private key");
        assertBad(FIRST.certificatePem(), FIRST.certificatePem(), "tls.key holds no private key");
        assertBad(FIRST.certificatePem(), FIRST.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE"), "passphrase");
        assertBad(FIRST.certificatePem(), FIRST.keyPem().replace("PRIVATE", "EC PRIVATE"), "cannot be read");
        assertBad(FIRST.certificatePem(), "-".repeat((1 << 20) + 1), "tls.key is larger");
        Files.delete(files.key());
        assertThatThrownBy(files::checked).hasMessageContaining("tls.key does not exist");
    }

    private void assertBad(String certificate, String key, String why) throws IOException {
        Files.writeString(files.certificate(), certificate);
        Files.writeString(files.key(), key);
        assertThatThrownBy(files::checked)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("BEGIN");
    }

    private ServingCertificate serving() {
        return new ServingCertificate(files, new TickingClock());
    }

    /** What the next handshake would see, more than a second later. */
    private GivenCertificate shown(ServingCertificate serving) {
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));
        String alias = Objects.requireNonNull(serving.chooseEngineServerAlias("EC", null, null));
        return new GivenCertificate(
                Objects.requireNonNull(serving.getCertificateChain(alias))[0],
                Objects.requireNonNull(serving.getPrivateKey(alias)));
    }

    private final class TickingClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
