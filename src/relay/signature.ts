import { createHmac, type KeyObject, sign } from 'node:crypto';

// Standard Webhooks 1.0.0: `<id>.<timestamp>.<body>`, over the very bytes that are sent. A library that signs the text
// of the body gives the same signature for different bytes.

export type OpenKey = { scheme: 'v1'; secret: Buffer } | { scheme: 'v1a'; privateKey: KeyObject };

export interface Signed {
  id: string;
  /** Unix seconds of this attempt. */
  timestamp: number;
  body: Buffer;
}

/** Value of `webhook-signature`: one for each key, with spaces between. */
export function signatureOf({ id, timestamp, body }: Signed, keys: readonly OpenKey[]): string {
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return keys
    .map((key) => {
      const bytes =
        key.scheme === 'v1'
          ? createHmac('sha256', key.secret).update(content).digest()
          : sign(null, content, key.privateKey);
      return `${key.scheme},${bytes.toString('base64')}`;
    })
    .join(' ');
}

/** The headers of a signed call. */
export function signedHeaders(signed: Signed, keys: readonly OpenKey[]): Record<string, string> {
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signatureOf(signed, keys),
  };
}
