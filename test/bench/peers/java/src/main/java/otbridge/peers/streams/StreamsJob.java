package otbridge.peers.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import otbridge.peers.Setting;

/** The simple job in Kafka Streams, exactly once (v2), with its state in RocksDB and Kafka. Runs until it is ended. */
public final class StreamsJob {
  private StreamsJob() {}

  public static void main(String[] arguments) throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    KafkaStreams streams = new KafkaStreams(topology(), settings());
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR) failed.countDown();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
    failed.await();
    System.exit(1);
  }

  private static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NewestStatus.SEEN), Serdes.String(), Serdes.Long()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(NewestStatus.NEWEST), Serdes.String(), Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(Setting.of("TOPIC_IN"), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(NewestStatus::new, NewestStatus.SEEN, NewestStatus.NEWEST)
        .to(Setting.of("TOPIC_OUT"), Produced.with(Serdes.String(), Serdes.ByteArray()));
    return builder.build();
  }

  private static Properties settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, Setting.of("APPLICATION"));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, Setting.of("BROKERS"));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Setting.number("THREADS"));
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, Setting.of("STATE_FOLDER"));
    settings.put("auto.offset.reset", "earliest");
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }
}
