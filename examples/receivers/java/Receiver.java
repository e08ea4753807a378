// Receives calls from OT Bridge, verifies them with Standard Webhooks' own library, and reads what each is about.
//
//   mvn -q -B -f examples/receivers/java/pom.xml dependency:copy-dependencies
//   java -cp 'examples/receivers/java/target/dependency/*' examples/receivers/java/Receiver.java
//
// WEBHOOK_SECRET_FILE: where the subscription's secret is. OT_BRIDGE_URL, OT_BRIDGE_TOKEN: whom to ask, and with what.

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public class Receiver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ExecutorService WORK = Executors.newFixedThreadPool(4);
  private static final int PORT = Integer.parseInt(setting("PORT", "9000"));
  private static final Path SECRET_FILE = Path.of(setting("WEBHOOK_SECRET_FILE", ".data/webhook-secret"));
  private static final String BRIDGE = setting("OT_BRIDGE_URL", "http://127.0.0.1:8080");
  private static final String TOKEN = System.getenv("OT_BRIDGE_TOKEN");

  // In use these belong in the database: written in one transaction with the work that the call leads to.
  private static final Set<String> IDS = new HashSet<>();
  private static final Map<String, Long> VERSIONS = new HashMap<>();

  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", PORT), 0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", Receiver::receive);
    server.start();
    System.out.println("Listening on http://127.0.0.1:" + PORT + "/");
  }

  private static void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String origin = exchange.getRequestHeaders().getFirst("WebHook-Request-Origin");
      if (exchange.getRequestMethod().equals("OPTIONS") && origin != null) {
        exchange.getResponseHeaders().set("WebHook-Allowed-Origin", origin);
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(20_481);
      Optional<JsonNode> call = body.length > 20_480 ? Optional.empty() : verified(exchange, body);
      if (call.isEmpty()) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      // Answer first, work afterwards: the bridge waits 15 seconds.
      JsonNode challenge = call.get().at("/data/challenge");
      byte[] answer = JSON.writeValueAsBytes(challenge.isTextual() ? Map.of("challenge", challenge) : Map.of());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      WORK.submit(() -> handle(id, call.get()));
    }
  }

  /** Empty: not from the bridge, or not a call. */
  private static Optional<JsonNode> verified(HttpExchange exchange, byte[] body) throws IOException {
    try {
      // The library takes text: what is not UTF-8 must not become text that is.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      new Webhook(Files.readString(SECRET_FILE).trim()).verify(text, exchange.getRequestHeaders());
      JsonNode call = JSON.readTree(text);
      return call.path("type").isTextual() && call.path("data").isObject() ? Optional.of(call) : Optional.empty();
    } catch (WebhookVerificationException | EmptyWebhookSecretException | CharacterCodingException
        | JsonProcessingException refused) {
      return Optional.empty();
    }
  }

  private static void handle(String id, JsonNode call) {
    JsonNode data = call.path("data");
    boolean versioned = data.path("ref").isTextual() && data.path("version").isIntegralNumber();
    long version = data.path("version").asLong();
    synchronized (IDS) {
      if (!IDS.add(id)) return;
      // What is older than what has come is not needed: href gives the newest.
      if (versioned && version < VERSIONS.getOrDefault(data.path("ref").asText(), 0L)) return;
      if (versioned) VERSIONS.put(data.path("ref").asText(), version);
    }
    System.out.println("verified " + call.path("type").asText() + (versioned ? ", version " + version : ""));
    // The token is for the bridge alone.
    String href = data.path("href").asText();
    if (!href.startsWith(BRIDGE + "/")) return;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(href)).timeout(Duration.ofSeconds(10));
    if (TOKEN != null) request.header("Authorization", "Bearer " + TOKEN);
    try {
      // 404: it has been withdrawn since.
      int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
      System.out.println("read what it is about: " + status);
    } catch (IOException | InterruptedException unreachable) {
      System.out.println("the bridge does not answer: ask again later");
    }
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }
}
