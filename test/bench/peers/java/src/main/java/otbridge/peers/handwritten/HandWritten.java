package otbridge.peers.handwritten;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import otbridge.peers.Setting;

/**
 * The simple job by hand: each thread reads its partitions, commits each batch with its offset in one PostgreSQL
 * transaction, and publishes what that transaction took with an idempotent producer. Runs until it is ended.
 */
public final class HandWritten {
  private HandWritten() {}

  public static void main(String[] arguments) throws Exception {
    int threads = Setting.number("THREADS");
    int partitions = Setting.number("PARTITIONS");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int thread = 0; thread < threads; thread += 1) {
        List<TopicPartition> own = new ArrayList<>();
        for (int partition = thread; partition < partitions; partition += threads) {
          own.add(new TopicPartition(Setting.of("TOPIC_IN"), partition));
        }
        running.add(pool.submit(new PartitionWorker(own, producer)));
      }
      // A thread that fails ends the program: its partitions would wait unnoticed.
      for (Future<?> each : running) each.get();
    } finally {
      pool.shutdownNow();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", Setting.of("BROKERS"),
            "acks", "all",
            "enable.idempotence", "true",
            "linger.ms", "1",
            "batch.size", "131072",
            "buffer.memory", "67108864");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
