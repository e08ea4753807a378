// Receives calls from OT Bridge, verifies them with `standardwebhooks`, and reads what each is about.
//
//   node examples/receivers/typescript/receiver.ts
//
// WEBHOOK_SECRET_FILE: where the subscription's secret is. OT_BRIDGE_URL, OT_BRIDGE_TOKEN: whom to ask, and with what.

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';

const port = Number(process.env.PORT ?? 9000);
const secretFile = process.env.WEBHOOK_SECRET_FILE ?? '.data/webhook-secret';
const bridge = process.env.OT_BRIDGE_URL ?? 'http://127.0.0.1:8080';
const token = process.env.OT_BRIDGE_TOKEN;

// In use these belong in the database: written in one transaction with the work that the call leads to.
const ids = new Set<string>();
const versions = new Map<string, number>();

interface Call {
  type: string;
  data: { ref?: string; version?: number; href?: string; challenge?: string };
}

createServer(async (request, response) => {
  const origin = request.headers['webhook-request-origin'];
  if (request.method === 'OPTIONS' && typeof origin === 'string') {
    response.writeHead(200, { 'webhook-allowed-origin': origin }).end();
    return;
  }
  const body = await read(request);
  const call = body === undefined ? undefined : await verified(request, body);
  if (call === undefined) {
    response.writeHead(401).end();
    return;
  }
  // Answer first, work afterwards: the bridge waits 15 seconds.
  const challenge = call.data.challenge;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(challenge === undefined ? '{}' : JSON.stringify({ challenge }));
  await handle(String(request.headers['webhook-id']), call);
}).listen(port, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${port}/`));

/** The bytes as they came: a body that a framework has parsed cannot be verified. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return body.length <= 20_480 ? body : undefined;
}

/** Undefined: not from the bridge, or not a call. The library throws for either. */
async function verified(request: IncomingMessage, body: Buffer): Promise<Call | undefined> {
  try {
    // The library turns bytes into text: what is not UTF-8 must not become text that is.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const secret = (await readFile(secretFile, 'utf8')).trim();
    const headers = Object.fromEntries(
      Object.entries(request.headersDistinct).map(([k, v]) => [k, v?.join()]),
    );
    const call = new Webhook(secret).verify(text, headers as Record<string, string>) as Partial<Call> | null;
    return typeof call?.type === 'string' && typeof call.data === 'object' ? (call as Call) : undefined;
  } catch {
    return undefined;
  }
}

async function handle(id: string, { type, data }: Call): Promise<void> {
  if (ids.has(id)) return;
  ids.add(id);
  const { ref, version, href } = data;
  if (ref !== undefined && version !== undefined) {
    // What is older than what has come is not needed: href gives the newest.
    if (version < (versions.get(ref) ?? 0)) return;
    versions.set(ref, version);
  }
  console.log(version === undefined ? `verified ${type}` : `verified ${type}, version ${version}`);
  // The token is for the bridge alone.
  if (href === undefined || !href.startsWith(`${bridge}/`)) return;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const { status } = await fetch(href, { headers, redirect: 'error', signal: AbortSignal.timeout(10_000) });
    // 404: it has been withdrawn since.
    console.log(`read what it is about: ${status}`);
  } catch {
    console.log('the bridge does not answer: ask again later');
  }
}
