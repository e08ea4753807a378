package otbridge.peers.handwritten;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import otbridge.peers.Setting;

/** What was sent and is not yet acknowledged, of one batch. One for each thread. */
final class Outbox {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic = Setting.of("TOPIC_OUT");
  private final List<Future<?>> flying = new ArrayList<>();

  Outbox(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  void send(String youth, byte[] encoded) {
    byte[] key = youth.getBytes(StandardCharsets.UTF_8);
    flying.add(producer.send(new ProducerRecord<>(topic, key, encoded)));
  }

  /** Waits until all of it is acknowledged. */
  void settle() throws ExecutionException, InterruptedException {
    for (Future<?> each : flying) each.get();
    flying.clear();
  }
}
