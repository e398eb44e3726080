package sh.keptn.crds;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.net.URI;

/** The generator's output kept in memory; it insists on a file: address, which nothing opens. */
record SingleOutput(ByteArrayOutputStream bytes) implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
        return bytes;
    }

    @Override
    public URI crdURI(String crdName) {
        return URI.create("file:///" + crdName);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
