package otbridge.peers.handwritten;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import otbridge.peers.EventEncoder;
import otbridge.peers.Setting;
import otbridge.peers.handwritten.EventStore.Place;

/** Works fixed partitions whose offsets are in the database: no group, so no waiting for one after a crash. */
final class PartitionWorker implements Callable<Void> {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration BUSY = Duration.ofMillis(20);

  private final List<TopicPartition> own;
  private final Outbox outbox;
  private final EventEncoder encoder = new EventEncoder();
  private final Map<Integer, Place> places = new HashMap<>();
  /** Of the batch that is being published; null between two. */
  private TopicPartition publishing;

  PartitionWorker(List<TopicPartition> own, KafkaProducer<byte[], byte[]> producer) {
    this.own = own;
    this.outbox = new Outbox(producer);
  }

  @Override
  public Void call() throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        EventStore store = new EventStore()) {
      consumer.assign(own);
      for (TopicPartition each : own) {
        recover(each, store);
        consumer.seek(each, places.get(each.partition()).next());
      }
      while (!Thread.currentThread().isInterrupted()) work(consumer, store);
      return null;
    }
  }

  /** What was committed and perhaps not published before a crash goes out again, under the same event ids. */
  private void recover(TopicPartition of, EventStore store)
      throws SQLException, ExecutionException, InterruptedException {
    Place place = store.place(of.partition());
    places.put(of.partition(), place);
    if (place.published() >= place.next()) return;
    for (EventStore.Unpublished each : store.unpublished(of.partition(), place.published())) {
      outbox.send(each.youth(), each.encoded());
    }
    publishing = of;
    awaitPublished();
  }

  private void work(KafkaConsumer<byte[], byte[]> consumer, EventStore store)
      throws SQLException, ExecutionException, InterruptedException {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(publishing == null ? IDLE : BUSY);
    for (TopicPartition each : polled.partitions()) {
      // Decoded while the batch before is still on its way to Kafka.
      Batch batch = Batch.of(each.partition(), polled.records(each), encoder);
      awaitPublished();
      Place before = places.get(each.partition());
      Set<String> repeats = store.commit(batch, before);
      places.put(each.partition(), new Place(batch.next(), before.published()));
      for (Batch.Entry entry : batch.entries()) {
        if (repeats.contains(entry.event().getEventId())) continue;
        outbox.send(entry.event().getYouth(), entry.encoded());
      }
      publishing = each;
    }
    if (!polled.isEmpty() || publishing == null) return;
    awaitPublished();
    for (TopicPartition each : own) {
      store.published(each.partition(), places.get(each.partition()).published());
    }
  }

  private void awaitPublished() throws ExecutionException, InterruptedException {
    if (publishing == null) return;
    outbox.settle();
    places.computeIfPresent(publishing.partition(), (at, place) -> new Place(place.next(), place.next()));
    publishing = null;
  }

  private static KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", Setting.of("BROKERS"),
            "enable.auto.commit", "false",
            "max.poll.records", "2000",
            "isolation.level", "read_committed");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
