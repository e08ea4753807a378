import type { Mechanism } from 'kafkajs';

/** Kafka refused the token. Its reason is not repeated: it is text from outside. */
export class TokenNotAccepted extends Error {
  override readonly name = 'TokenNotAccepted';
}

const SEPARATOR = '\u0001';
/** What a client answers to a refusal, so that the broker can end the exchange (RFC 7628 section 3.2.3). */
const ABORT = Buffer.from(SEPARATOR);

/**
 * OAUTHBEARER for kafkajs. Its own sends the token and takes every answer for a login: a broker that refuses a token
 * answers without an error code and with the reason in the exchange (RFC 7628 section 3.2.2), and the client learns of
 * it as a connection that closes (findings/kafkajs-oauthbearer-refused-is-logged-in.sh).
 */
export function oauthBearer(token: () => Promise<string>): Mechanism {
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }) => ({
      async authenticate() {
        const first = `n,,${SEPARATOR}auth=Bearer ${await token()}${SEPARATOR}${SEPARATOR}`;
        const exchange = (message: Buffer) =>
          saslAuthenticate<Buffer>({
            request: { encode: () => withLength(message) },
            response: { decode: withoutLength, parse: (answer) => answer },
          });
        const refusal = await exchange(Buffer.from(first));
        if (!refusal || refusal.length === 0) return;
        await exchange(ABORT).catch(() => undefined);
        throw new TokenNotAccepted('the broker does not accept the token');
      },
    }),
  };
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(message.length);
  return Buffer.concat([length, message]);
}

function withoutLength(answer: Buffer): Buffer {
  return answer.subarray(4);
}
