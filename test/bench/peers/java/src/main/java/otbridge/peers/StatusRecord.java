package otbridge.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** A record as the source sends it. Every field is mandatory, and there are no others. */
record StatusRecord(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String youth,
    @JsonProperty(required = true) String status,
    @JsonProperty(required = true) Long occurredAt,
    @JsonProperty(required = true) Long version,
    @JsonProperty(required = true) Map<String, String> remarks) {

  boolean isComplete() {
    return id != null
        && source != null
        && youth != null
        && status != null
        && occurredAt != null
        && version != null
        && remarks != null;
  }
}
