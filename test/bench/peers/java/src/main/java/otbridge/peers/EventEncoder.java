package otbridge.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import otbridge.peers.avro.StatusEvent;

/** Avro in Confluent's framing: a zero, the schema's number, the record. One for each thread. */
public final class EventEncoder {
  private static final byte[] FRAME = {0, 0, 0, 0, 7};

  private final SpecificDatumWriter<StatusEvent> writer =
      new SpecificDatumWriter<>(StatusEvent.class);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private BinaryEncoder encoder;

  public byte[] encode(StatusEvent event) {
    try {
      bytes.reset();
      bytes.write(FRAME);
      encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
      writer.write(event, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException cannotBe) {
      throw new UncheckedIOException(cannotBe);
    }
  }
}
