import {
  compactArray,
  compactString,
  int16,
  int32,
  type Pieces,
  putArray,
  putInt8,
  putInt32,
  putNoTags,
  putString,
  putUvarint,
  skipTags,
} from '../../src/kafka/protocol/bytes.ts';
import { type WireRequest, wireRequest } from '../../src/kafka/protocol/request.ts';

/** Kafka's number of SCRAM-SHA-512. */
const SCRAM_SHA_512 = 2;

/** AlterUserScramCredentials: sets one user's password. Answers with Kafka's error code. */
export function scramUpsertion(of: {
  user: string;
  iterations: number;
  salt: Buffer;
  salted: Buffer;
}): WireRequest<number> {
  return wireRequest(
    { key: 51, name: 'AlterUserScramCredentials', version: 0 },
    (to) => {
      putArray(to, [], () => undefined);
      putArray(to, [of], ({ user, iterations, salt, salted }) => {
        putString(to, user);
        putInt8(to, SCRAM_SHA_512);
        putInt32(to, iterations);
        putBytes(to, salt);
        putBytes(to, salted);
        putNoTags(to);
      });
      putNoTags(to);
    },
    (from) => {
      int32(from);
      const [error = -1] = compactArray(from, () => {
        compactString(from);
        const code = int16(from);
        compactString(from);
        skipTags(from);
        return code;
      });
      return error;
    },
  );
}

function putBytes(to: Pieces, bytes: Buffer): void {
  putUvarint(to, bytes.length + 1);
  to.push(bytes);
}
