package otbridge.peers.streams;

import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import otbridge.peers.EventEncoder;
import otbridge.peers.RecordReader;
import otbridge.peers.avro.StatusEvent;

/** Validates, drops repeats, keeps each youth's newest status, and passes one event on. */
final class NewestStatus implements Processor<byte[], byte[], String, byte[]> {
  /** Store of ids that came. */
  static final String SEEN = "seen";

  /** Store of the newest status: version and moment as longs, then the status' place in its list. */
  static final String NEWEST = "newest";

  private final EventEncoder encoder = new EventEncoder();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, Long> seen;
  private KeyValueStore<String, byte[]> newest;

  @Override
  public void init(ProcessorContext<String, byte[]> given) {
    context = given;
    seen = given.getStateStore(SEEN);
    newest = given.getStateStore(NEWEST);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordReader.read(record.value()).ifPresent(event -> take(record, event));
  }

  private void take(Record<byte[], byte[]> record, StatusEvent event) {
    if (seen.putIfAbsent(event.getEventId(), event.getOccurredAt()) != null) return;
    byte[] known = newest.get(event.getYouth());
    if (known == null || ByteBuffer.wrap(known).getLong() < event.getVersion()) {
      newest.put(event.getYouth(), stored(event));
    }
    context.forward(record.withKey(event.getYouth()).withValue(encoder.encode(event)));
  }

  private static byte[] stored(StatusEvent event) {
    return ByteBuffer.allocate(2 * Long.BYTES + 1)
        .putLong(event.getVersion())
        .putLong(event.getOccurredAt())
        .put((byte) event.getStatus().ordinal())
        .array();
  }
}
