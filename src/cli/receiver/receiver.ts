import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { VerificationKey } from '../../relay/verificationKey.ts';
import { type Verdict, verifyCall } from '../../relay/verify.ts';
import { faultSentence } from './faultSentence.ts';
import type { ReceiverKeys } from './receiverKeys.ts';

// A receiver for the one who makes one: it does what a receiver must, and says what it saw.

/** Calls are ≤ 1 kB; more than this is not read. */
const MOST_BYTES = 20_480;
/** Ids and versions remembered. A receiver in use keeps them in its database. */
const MOST_REMEMBERED = 10_000;

const KINDS: Readonly<Record<string, string>> = {
  'no.otbridge.ot.status.v1': 'status',
  'no.otbridge.ot.alert.v1': 'varsel',
  'no.otbridge.ot.status-group.v1': 'hovedgruppe',
  'no.otbridge.ot.receipt.v1': 'kvittering',
  'no.otbridge.ot.nav-withdrawal.v1': 'nav-tilbaketrekking',
  'no.otbridge.subscription.verification.v1': 'bekreftelse',
  'no.otbridge.subscription.test.v1': 'prøve',
  'no.otbridge.subscription.disabled.v1': 'slått av',
};

export interface ReceiverSettings {
  keys: ReceiverKeys;
  /** Milliseconds. */
  now(): number;
  print(line: string): void;
  /** Prints body and reference too. */
  show: boolean;
}

/** @throws nothing: what comes in is answered, whatever it is. */
export function createReceiver(settings: ReceiverSettings): Server {
  const memory = { ids: new Set<string>(), versions: new Map<string, number>() };
  return createServer((request, response) => {
    receive(request, response, settings, memory).catch((error: unknown) => {
      settings.print(`FEIL  ${error instanceof Error ? error.message : 'ukjent feil'}`);
      end(response, 500);
    });
  });
}

interface Memory {
  ids: Set<string>;
  /** The highest version seen per reference. */
  versions: Map<string, number>;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  settings: ReceiverSettings,
  memory: Memory,
): Promise<void> {
  if (request.method === 'OPTIONS') return handshake(request, response, settings);
  if (request.method !== 'POST') return end(response, 405);
  const body = await readBody(request);
  if (body === undefined) {
    settings.print(`FEIL  Kroppen er større enn ${MOST_BYTES} byte.`);
    return end(response, 413);
  }
  const call = {
    headers: (name: string) => request.headersDistinct[name] ?? [],
    body,
  };
  let verdict = verifyCall(call, await settings.keys.known(), settings.now());
  if (verdict.verified === null) {
    verdict = verifyCall(call, await settings.keys.renewed(), settings.now());
  }
  const id = printableId(request.headersDistinct['webhook-id']?.[0]);
  if (verdict.verified === null) {
    settings.print(`FEIL  ${id}  ${faultSentence(verdict.fault)}`);
    if (settings.show) settings.print(shown(body));
    return end(response, 400);
  }
  const event = readEvent(body);
  if (event === undefined) {
    settings.print(`FEIL  ${id}  Signaturen stemmer, men kroppen er ikke et JSON-objekt med type.`);
    return end(response, 400);
  }
  settings.print(['OK   ', ...sayCall(event, verdict, memory), by(verdict)].join('  '));
  if (settings.show) settings.print(shown(body));
  if (event.challenge === undefined) return end(response, 204);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ challenge: event.challenge }));
}

/** WebHook-Request-Origin says who wants to send. This receiver lets all: nothing but this machine reaches it. */
function handshake(request: IncomingMessage, response: ServerResponse, { print }: ReceiverSettings): void {
  request.resume();
  const origin = request.headersDistinct['webhook-request-origin'] ?? [];
  const [only = ''] = origin;
  if (origin.length !== 1 || !/^[A-Za-z0-9.:-]{1,253}$/.test(only)) {
    print('FEIL  Håndtrykket mangler en gyldig WebHook-Request-Origin.');
    end(response, 400);
    return;
  }
  print(`OK     håndtrykk  fra ${only}`);
  end(response, 200, { 'WebHook-Allowed-Origin': only });
}

interface Event {
  kind: string;
  ref: string | undefined;
  version: number | undefined;
  challenge: string | undefined;
}

function readEvent(body: Buffer): Event | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
    const data: unknown = 'data' in value ? value.data : undefined;
    const fields = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
    const { ref, version, challenge } = fields;
    return {
      kind: KINDS[String(value.type)] ?? 'ukjent slag',
      ref: typeof ref === 'string' ? ref : undefined,
      version: typeof version === 'number' ? version : undefined,
      challenge: typeof challenge === 'string' ? challenge : undefined,
    };
  } catch {
    return undefined;
  }
}

function sayCall(event: Event, verdict: Verdict & { verified: object }, memory: Memory): string[] {
  const said = [event.kind, printableId(verdict.id)];
  if (event.version !== undefined) said.push(`versjon ${event.version}`);
  if (memory.ids.has(verdict.id)) return [...said, 'gjentatt: har ingen virkning igjen'];
  remember(memory.ids, verdict.id);
  if (event.ref === undefined || event.version === undefined) return said;
  const newest = memory.versions.get(event.ref) ?? -1;
  if (event.version < newest) return [...said, `eldre enn versjon ${newest}, som er kommet: ses bort fra`];
  if (memory.versions.size >= MOST_REMEMBERED) memory.versions.clear();
  memory.versions.set(event.ref, event.version);
  return said;
}

function remember(ids: Set<string>, id: string): void {
  const [oldest] = ids;
  if (ids.size >= MOST_REMEMBERED && oldest !== undefined) ids.delete(oldest);
  ids.add(id);
}

function by({ verified, mismatched }: Verdict & { verified: readonly VerificationKey[] }): string {
  const names = verified.map(({ scheme, name }) => `${scheme} (${name})`).join(' og ');
  if (mismatched.length === 0) return `bekreftet med ${names}`;
  const others = mismatched.map((scheme) => (scheme === 'v1' ? 'hemmeligheten for v1' : 'nøklene for v1a'));
  return `bekreftet med ${names}, men ${others.join(' og ')} her er ikke den kallet er signert med`;
}

/** What was sent decides nothing about the terminal. */
function printableId(id: string | undefined): string {
  return id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : '(uten brukbar id)';
}

function shown(body: Buffer): string {
  const text = body.toString('utf8');
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `       ${escaped.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')}`;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return size > MOST_BYTES ? undefined : Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  if (response.headersSent) return;
  response.writeHead(status, headers);
  response.end();
}
