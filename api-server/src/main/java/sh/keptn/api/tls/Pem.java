package sh.keptn.api.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param type the words after BEGIN
 * @param der what stands inside
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares blocks
record Pem(String type, byte[] der) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    /**
     * The blocks of a file; text around them is no matter.
     *
     * @throws IllegalArgumentException for a block that is no base64
     */
    static List<Pem> blocks(byte[] file) {
        Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        List<Pem> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Pem(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
        }
        return List.copyOf(blocks);
    }
}
