package otbridge.peers.handwritten;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import otbridge.peers.EventEncoder;
import otbridge.peers.RecordReader;
import otbridge.peers.avro.StatusEvent;

/** The valid records of one poll of one partition, each id once. */
record Batch(int partition, long next, List<Entry> entries) {
  /** A record, as read and as it is published. */
  record Entry(long offset, StatusEvent event, byte[] encoded) {}

  static Batch of(int partition, List<ConsumerRecord<byte[], byte[]>> polled, EventEncoder encoder) {
    List<Entry> entries = new ArrayList<>(polled.size());
    Set<String> seen = new HashSet<>(polled.size() * 2);
    for (ConsumerRecord<byte[], byte[]> each : polled) {
      RecordReader.read(each.value())
          .filter(event -> seen.add(event.getEventId()))
          .ifPresent(
              event -> entries.add(new Entry(each.offset(), event, encoder.encode(event))));
    }
    return new Batch(partition, polled.get(polled.size() - 1).offset() + 1, entries);
  }
}
