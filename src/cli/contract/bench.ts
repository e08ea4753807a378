import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Counterpart } from './counterpart.ts';

// Makes calls as the bridge does, and faulty ones, and sends them. Signs by itself: what it shows of a receiver does not
// rest on the code that sends.

/** The bridge waits this long for the whole answer. */
export const ANSWER_WITHIN_MS = 15_000;
/** And reads this much of it. */
export const MOST_ANSWER_BYTES = 20_480;

export interface Answer {
  /** Undefined: none within the limit, or the connection broke. */
  status: number | undefined;
  ms: number;
  text: string;
  bytes: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** - `accepted`: 2xx. - `refused`: 4xx, but not 410 (ends the subscription) nor 429 (asks for a pause).
 *  - `survived`: anything but 3xx, 410 and 5xx. */
export type Right = 'accepted' | 'refused' | 'survived';

/** One exchange, and what is wrong with how it was answered. */
export interface Step {
  answer: Answer;
  wrong: string | undefined;
}

/** What a message is about; what is not said is made up. */
export interface Meant {
  id?: string;
  ref?: string;
  type?: string;
  /** Instead of the fields of an alert. */
  data?: Readonly<Record<string, unknown>>;
  /** Of `href`, instead of the bridge's. */
  base?: string;
  /** What it points at is no longer there. */
  withdrawn?: boolean;
}

export interface Message {
  id: string;
  /** Of its `href`. */
  path: string;
  type: string;
  data: Readonly<Record<string, unknown>>;
  timestamp: string;
}

/** What goes out, as it goes out. */
export interface Parts {
  body: Buffer;
  /** Names may come more than once. */
  headers: readonly (readonly [string, string])[];
  path: string;
}

export interface Signing {
  id: string;
  timestamp: number | string;
  body: Buffer;
}

export interface Bench {
  counterpart: Counterpart;
  /** The receiver has the public keys too. */
  publicKeys: boolean;
  message(meant?: Meant): Message;
  /** As ids and references are written: 26 characters of base32 in lower case. */
  token(): string;
  v1(signing: Signing, secret?: Buffer): string;
  v1a(signing: Signing, key?: KeyObject): string;
  /** The public key's own bytes: no secret. */
  publicBytes: Buffer;
  /** Seconds. */
  now(): number;
  send(right: Right, parts: Parts): Promise<Step>;
  handshake(origin: string): Promise<Answer>;
  /** Its call is sent again and again: `href` is to be asked for once. */
  repeats(message: Message): void;
  /** A receiver that asks for `href` at all asks for this one. */
  awaits(message: Message): void;
  answers(): readonly Answer[];
  /** Paths of calls that were to be refused. */
  forged(): readonly string[];
  repeated(): readonly string[];
  awaited(): readonly string[];
}

export interface BenchSettings {
  url: string;
  secret: Buffer;
  publicKeys: boolean;
  counterpart: Counterpart;
  privateKey: KeyObject;
  publicBytes: Buffer;
  /** Milliseconds for a whole answer. */
  withinMs: number;
}

const ALERT = 'no.otbridge.ot.alert.v1';

/** A key pair that lives as long as one run. */
export function signingPair(): { privateKey: KeyObject; jwk: Record<string, unknown>; raw: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '', ...rest } = publicKey.export({ format: 'jwk' });
  const raw = Buffer.from(x, 'base64url');
  return { privateKey, jwk: { ...rest, x, kid: raw.toString('hex').slice(0, 16), use: 'sig' }, raw };
}

export function createBench(settings: BenchSettings): Bench {
  const { url, secret, publicKeys, counterpart, privateKey, publicBytes, withinMs } = settings;
  const answers: Answer[] = [];
  const forged: string[] = [];
  const repeated: string[] = [];
  const awaited: string[] = [];
  return {
    counterpart,
    publicKeys,
    publicBytes,
    message(meant = {}) {
      const made = message(counterpart.base, meant);
      if (meant.withdrawn) counterpart.withdraw(made.path);
      return made;
    },
    token,
    v1: (signing, other = secret) =>
      `v1,${createHmac('sha256', other).update(contentOf(signing)).digest('base64')}`,
    v1a: (signing, key = privateKey) => `v1a,${sign(null, contentOf(signing), key).toString('base64')}`,
    now: () => Math.floor(Date.now() / 1_000),
    async send(right, parts) {
      if (right === 'refused') forged.push(parts.path);
      const answer = await exchange({ url, method: 'POST', ...parts, withinMs });
      answers.push(answer);
      return { answer, wrong: wrongOf(right, answer) };
    },
    async handshake(origin) {
      const answer = await exchange({
        url,
        method: 'OPTIONS',
        headers: [['WebHook-Request-Origin', origin]],
        body: Buffer.alloc(0),
        withinMs,
      });
      answers.push(answer);
      return answer;
    },
    repeats: ({ path }) => repeated.push(path),
    awaits: ({ path }) => awaited.push(path),
    answers: () => answers,
    forged: () => forged,
    repeated: () => repeated,
    awaited: () => awaited,
  };
}

function wrongOf(right: Right, { status }: Answer): string | undefined {
  if (status === undefined) return 'ikke noe helt svar i tide, eller forbindelsen ble brutt';
  const said = `HTTP ${status}`;
  if (status >= 300 && status < 400) return `${said}: en omdirigering følges aldri, og teller som feil`;
  if (status === 410) return `${said}: det slår av abonnementet`;
  const ok = status >= 200 && status < 300;
  const refusal = status >= 400 && status < 500 && status !== 429;
  if (right === 'accepted') return ok ? undefined : said;
  if (right === 'refused') return refusal ? undefined : said;
  return ok || refusal ? undefined : said;
}

function message(bridge: string, { base = bridge, ...meant }: Meant): Message {
  const { id = `msg_${token()}`, ref = `pw_${token()}`, type = ALERT } = meant;
  const path = `/organisations/telemarkfylke-no/alerts/${randomBytes(8).toString('hex')}-${ref}`;
  const data = meant.data ?? { org: 'telemarkfylke-no', ref, version: 7, id, href: `${base}${path}` };
  return { id, path, type, data, timestamp: new Date().toISOString() };
}

function token(): string {
  return Array.from(randomBytes(26), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}

function contentOf({ id, timestamp, body }: Signing): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'utf8'), body]);
}

interface Exchange {
  url: string;
  method: string;
  headers: Parts['headers'];
  body: Buffer;
  withinMs: number;
}

/** One request on a connection of its own, and what came. Never follows a redirect. */
function exchange({ url, method, headers, body, withinMs }: Exchange): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const answered = (status: number | undefined, received: Answer['headers']) =>
      resolve({
        status,
        ms: Math.round(performance.now() - started),
        text: Buffer.concat(chunks).toString('utf8'),
        bytes,
        headers: received,
      });
    const target = new URL(url);
    const sent = (target.protocol === 'https:' ? overHttps : overHttp)(target, {
      method,
      agent: false,
      signal: AbortSignal.timeout(withinMs),
      // Names and values in turn: the only form in which a name can come twice.
      headers: [
        ['host', target.host],
        ['user-agent', 'OT-Bridge/kontrakt'],
        ['content-length', String(body.length)],
        ['connection', 'close'],
        ...headers,
      ].flat(),
    });
    sent.on('error', () => answered(undefined, {}));
    sent.on('response', (response) => {
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MOST_ANSWER_BYTES) chunks.push(chunk);
      });
      response.on('error', () => answered(undefined, {}));
      response.on('end', () => answered(response.statusCode, response.headers));
    });
    sent.end(body);
  });
}
