// Prints the alerts of a county: plain kafka-clients, and Avro with the schema that the message names.
//
//   mvn -q -f examples/consumer-java/pom.xml dependency:copy-dependencies
//   java -cp 'examples/consumer-java/target/dependency/*' examples/consumer-java/Consumer.java
//
// KAFKA_BROKERS and OT_BRIDGE_URL say where Kafka and the bridge are. It ends when nothing has come for five seconds; a
// second run goes on where the first one ended. A real receiver compiles schemas/avro/out/alert.2.avsc into a class.

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.*;
import org.apache.avro.Schema;
import org.apache.avro.generic.*;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.*;

public class Consumer {
  static final String BRIDGE = System.getenv().getOrDefault("OT_BRIDGE_URL", "http://127.0.0.1:8080");
  static final Map<Integer, Schema> SCHEMAS = new HashMap<>();

  public static void main(String[] args) throws Exception {
    var settings = Map.<String, Object>of(
        "bootstrap.servers", System.getenv().getOrDefault("KAFKA_BROKERS", "127.0.0.1:19092"),
        "group.id", "example-java", "auto.offset.reset", "earliest", "enable.auto.commit", "false");
    // After a crash of the bridge a message can come again, with the same id. A real receiver keeps ids with what it stores.
    var seen = new HashSet<String>();
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("telemarkfylke-no.ot.event.alert"));
      for (long quiet = System.nanoTime(); System.nanoTime() - quiet < 5_000_000_000L; ) {
        var records = consumer.poll(Duration.ofMillis(500));
        if (!records.isEmpty() || consumer.assignment().isEmpty()) quiet = System.nanoTime();
        for (var record : records)
          if (seen.add(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)))
            show(decode(record.value()));
        consumer.commitSync();
      }
    }
  }

  /** Confluent's framing: a zero byte, four bytes of schema id, the body. */
  static GenericRecord decode(byte[] value) throws Exception {
    int id = ByteBuffer.wrap(value).getInt(1);
    if (!SCHEMAS.containsKey(id)) {
      var asked = HttpRequest.newBuilder(URI.create(BRIDGE + "/schema-registry/schemas/ids/" + id)).build();
      var answer = HttpClient.newHttpClient().send(asked, BodyHandlers.ofString()).body();
      SCHEMAS.put(id, new Schema.Parser().parse(new ObjectMapper().readTree(answer).get("schema").asText()));
    }
    var body = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
    return new GenericDatumReader<GenericRecord>(SCHEMAS.get(id)).read(null, body);
  }

  static void show(GenericRecord alert) {
    var deadlines = new StringJoiner(", ");
    for (var each : (List<?>) alert.get("deadlines"))
      deadlines.add(((GenericRecord) each).get("what") + " " + ((GenericRecord) each).get("date"));
    System.out.printf("%s %s %s from %s, %s%n", alert.get("kind"), alert.get("state"), alert.get("ref"), alert.get("effective"), deadlines);
    System.out.printf("  %s (%s)%n", alert.get("reason"), alert.get("rule"));
  }
}
