import type { Bench, Message, Parts, Signing, Step } from './bench.ts';

/** One thing a receiver must do right. */
export interface ContractCase {
  name: string;
  /** What is sent, and what is right: sentences in bokmål. */
  sent: string;
  right: string;
  play(bench: Bench): Promise<readonly Step[]>;
}

export type Json = Readonly<Record<string, unknown>>;

/** The bytes of a message; `more` adds to `data`. */
export function bodyOf({ type, timestamp, data }: Message, more: Json = {}): Buffer {
  return Buffer.from(JSON.stringify({ type, timestamp, data: { ...data, ...more } }), 'utf8');
}

export function signingOf(bench: Bench, message: Message, changes: Partial<Signing> = {}): Signing {
  return { id: message.id, timestamp: bench.now(), body: bodyOf(message), ...changes };
}

/** The call with the given signatures. */
export function parts(message: Message, signing: Signing, signature: string, contentType?: string): Parts {
  return {
    body: signing.body,
    path: message.path,
    headers: [
      ['content-type', contentType ?? 'application/json'],
      ['webhook-id', signing.id],
      ['webhook-timestamp', String(signing.timestamp)],
      ['webhook-signature', signature],
    ],
  };
}

/** A call signed with the secret, whose content may be changed before that. */
export function good(
  bench: Bench,
  changes: { message?: Message; more?: Json; signing?: Partial<Signing>; contentType?: string } = {},
): Parts {
  const message = changes.message ?? bench.message();
  const signing = signingOf(bench, message, { body: bodyOf(message, changes.more), ...changes.signing });
  return parts(message, signing, bench.v1(signing), changes.contentType);
}

export function without(call: Parts, header: string): Parts {
  return { ...call, headers: call.headers.filter(([name]) => name !== header) };
}

export function flipped(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
