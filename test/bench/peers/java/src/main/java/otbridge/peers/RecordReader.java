package otbridge.peers;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Optional;
import otbridge.peers.avro.FollowUp;
import otbridge.peers.avro.StatusEvent;

/** Reads and validates a record, and maps the source's code to a status. Safe for threads. */
public final class RecordReader {
  private static final ObjectReader READER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readerFor(StatusRecord.class);

  private RecordReader() {}

  /** Empty when the record is not valid. */
  public static Optional<StatusEvent> read(byte[] json) {
    try {
      StatusRecord read = READER.readValue(json);
      if (!read.isComplete()) return Optional.empty();
      return statusOf(read.status())
          .map(
              status ->
                  new StatusEvent(
                      read.id(),
                      read.source(),
                      read.youth(),
                      status,
                      read.occurredAt(),
                      read.version()));
    } catch (IOException notValid) {
      return Optional.empty();
    }
  }

  private static Optional<FollowUp> statusOf(String code) {
    return switch (code) {
      case "R" -> Optional.of(FollowUp.REGISTERED);
      case "K" -> Optional.of(FollowUp.CONTACTED);
      case "F" -> Optional.of(FollowUp.FOLLOWED_UP);
      case "A" -> Optional.of(FollowUp.CLOSED);
      default -> Optional.empty();
    };
  }
}
