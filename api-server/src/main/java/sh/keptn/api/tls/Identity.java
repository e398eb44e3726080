package sh.keptn.api.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate with the key that belongs to it: one that exists can be served.
 *
 * @param chain the server's own certificate first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final int CHALLENGE_BYTES = 32;

    Identity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException that names the file and says what is wrong with it, never what is in it
     */
    static Identity of(TlsFiles files, TlsFiles.Content content) {
        List<X509Certificate> chain = chain(files.certificate(), content.certificate());
        PublicKey publicKey = chain.getFirst().getPublicKey();
        PrivateKey key = key(files.key(), content.key(), publicKey);
        if (!belong(publicKey, key)) {
            throw new IllegalArgumentException(
                    files.key() + " is not the key of the first certificate in " + files.certificate());
        }
        return new Identity(chain, key);
    }

    /** As SSL engines name it. */
    String keyType() {
        return chain.getFirst().getPublicKey().getAlgorithm();
    }

    private static List<X509Certificate> chain(Path file, byte[] content) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem block : Pem.blocks(content)) {
            if (block.type().equals("CERTIFICATE")) {
                try {
                    CertificateFactory factory = CertificateFactory.getInstance("X.509");
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                } catch (GeneralSecurityException e) {
                    throw new IllegalArgumentException(file + " holds a certificate that cannot be read", e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no certificate in PEM");
        }
        return chain;
    }

    private static PrivateKey key(Path file, byte[] content, PublicKey publicKey) {
        for (Pem block : Pem.blocks(content)) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return key(file, block.der(), publicKey.getAlgorithm());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    // What these older forms leave out, the kind of key, stands in the certificate.
                    return key(file, Der.pkcs8(publicKey, block.der()), publicKey.getAlgorithm());
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException(file + " holds a key with a passphrase; it must have none");
                default -> {
                    // Parameters of a curve, or a certificate beside the key.
                }
            }
        }
        throw new IllegalArgumentException(file + " holds no private key in PEM");
    }

    private static PrivateKey key(Path file, byte[] pkcs8, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            // Without its cause: who knows what it quotes.
            throw new IllegalArgumentException(
                    file + " holds a key that cannot be read, or of another kind than the certificate's " + algorithm);
        }
    }

    private static boolean belong(PublicKey publicKey, PrivateKey key) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        new SecureRandom().nextBytes(challenge);
        try {
            Signature signature = Signature.getInstance(algorithm(publicKey));
            signature.initSign(key);
            signature.update(challenge);
            byte[] proof = signature.sign();
            signature.initVerify(publicKey);
            signature.update(challenge);
            return signature.verify(proof);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key) {
            case RSAPublicKey _ -> "SHA256withRSA";
            case ECPublicKey _ -> "SHA256withECDSA";
            case EdECPublicKey _ -> "EdDSA";
            default -> throw new IllegalArgumentException("certificates must be RSA, EC or Ed25519");
        };
    }
}
