/** Kafka's error codes that matter to a reader (https://kafka.apache.org/protocol#protocol_error_codes). */
export const KAFKA_ERRORS = {
  none: 0,
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopic: 3,
  topicAuthorizationFailed: 29,
  unknownTopicId: 100,
} as const;
