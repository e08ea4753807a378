import { type Cursor, type Pieces, putNoTags, skipTags } from './bytes.ts';

/** One request of Kafka's protocol in a flexible version, with the decoder of its answer. */
export interface WireRequest<Answer> {
  apiKey: number;
  apiName: string;
  apiVersion: number;
  /** What follows the client id of the request header. */
  body: Buffer;
  /** @param payload what follows the answer's correlation id */
  read(payload: Buffer): Answer;
}

/** @param write the request's own fields @param read the answer's */
export function wireRequest<Answer>(
  api: { key: number; name: string; version: number },
  write: (to: Pieces) => void,
  read: (from: Cursor) => Answer,
): WireRequest<Answer> {
  const pieces: Pieces = [];
  // The header's own tagged fields; the answer's header has them too.
  putNoTags(pieces);
  write(pieces);
  return {
    apiKey: api.key,
    apiName: api.name,
    apiVersion: api.version,
    body: Buffer.concat(pieces),
    read(payload) {
      const from: Cursor = { bytes: payload, at: 0 };
      skipTags(from);
      return read(from);
    },
  };
}
