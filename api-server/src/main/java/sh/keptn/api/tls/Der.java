package sh.keptn.api.tls;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/** As much of DER as it takes to put an older private key into PKCS#8. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Der() {}

    /**
     * A key of PKCS#1 or SEC1 as PKCS#8: {@code SEQUENCE {0, algorithm, OCTET STRING {key}}}, with the algorithm as it
     * stands in the public key of the certificate.
     */
    static byte[] pkcs8(PublicKey of, byte[] key) {
        return element(SEQUENCE, VERSION_0, algorithm(of.getEncoded()), element(OCTET_STRING, key));
    }

    /** The first element inside {@code SEQUENCE {algorithm, BIT STRING}}; the JDK encoded it, so its form is right. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = contentStart(publicKey, 0);
        int content = contentStart(publicKey, start);
        return Arrays.copyOfRange(publicKey, start, content + length(publicKey, start));
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
