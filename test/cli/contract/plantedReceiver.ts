import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One thing that receivers in the field do wrong. */
export type Plant =
  | 'none'
  | 'none, by a challenge alone'
  | 'none, by a challenge in JSON'
  | 'accepts everything'
  | 'ignores the time'
  | 'ignores a time to come'
  | 'reads the first signature alone'
  | 'compares the beginning of the signature'
  | 'takes any scheme'
  | 'verifies the JSON written again'
  | 'reads the body as latin1'
  | 'parses before it verifies'
  | 'remembers the id before it verifies'
  | 'asks for href before it verifies'
  | 'sends its token anywhere'
  | 'handles a repeat again'
  | 'refuses a repeat'
  | 'refuses an older version'
  | 'fails on an unknown type'
  | 'demands a version'
  | 'allows no origin'
  | 'repeats the challenge in a sentence'
  | 'redirects a refusal'
  | 'answers 410 to a refusal'
  | 'answers when the work is done'
  | 'answers at length'
  | 'fails when href is gone';

const WORK_MS = 1_500;

/** Receivers without OPTIONS: how they answer a verification call. */
const CHALLENGED: Partial<Record<Plant, (challenge: string) => string>> = {
  'none, by a challenge alone': (challenge) => `${challenge}\n`,
  'none, by a challenge in JSON': (challenge) => JSON.stringify({ challenge, more: 1 }),
  'repeats the challenge in a sentence': (challenge) => `The challenge is ${challenge}.`,
};

/** A small receiver (v1 alone) with one fault. `bridge`: where it believes the bridge to be. */
export function plantedReceiver(plant: Plant, secret: Buffer, bridge: string): Server {
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  let broken = false;

  const challengeOf = CHALLENGED[plant];
  let challenge = '';

  const answer = async (request: IncomingMessage): Promise<number> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const refused = plant === 'redirects a refusal' ? 302 : plant === 'answers 410 to a refusal' ? 410 : 401;
    const id = request.headers['webhook-id'];
    if (plant === 'parses before it verifies') JSON.parse(body.toString());
    if (plant === 'asks for href before it verifies') await ask(body);
    const early = typeof id === 'string' && plant === 'remembers the id before it verifies' && ids.has(id);
    if (typeof id === 'string' && plant === 'remembers the id before it verifies') ids.add(id);
    if (typeof id !== 'string' || !verified(request, body)) return refused;
    if (broken) return 500;
    const call = read(body);
    if (call === undefined) return 400;
    if (early) return 204;
    if (challengeOf !== undefined && typeof call.data?.challenge === 'string') {
      challenge = challengeOf(call.data.challenge);
      return 200;
    }
    if (ids.has(id) && plant === 'refuses a repeat') return 409;
    const again = ids.has(id) && plant !== 'handles a repeat again';
    ids.add(id);
    const { ref, version } = call.data ?? {};
    if (plant === 'demands a version' && typeof version !== 'number') return 400;
    if (plant === 'fails on an unknown type' && call.type.endsWith('.ny.v1')) return 500;
    if (typeof ref === 'string' && typeof version === 'number') {
      const newest = versions.get(ref) ?? 0;
      if (version < newest) return plant === 'refuses an older version' ? 409 : 204;
      versions.set(ref, version);
    }
    if (plant === 'answers when the work is done' && body.length > 9_000) await sleep(WORK_MS);
    if (!again && plant !== 'remembers the id before it verifies') void ask(body);
    if (plant === 'remembers the id before it verifies') await ask(body);
    return 204;
  };

  const ask = async (body: Buffer) => {
    const href = read(body)?.data?.href;
    if (typeof href !== 'string') return;
    if (plant !== 'sends its token anywhere' && !href.startsWith(`${bridge}/`)) return;
    const got = await fetch(href, { headers: { authorization: 'Bearer synthetic' } }).catch(() => undefined);
    if (got?.status === 404 && plant === 'fails when href is gone') broken = true;
  };

  const verified = (request: IncomingMessage, body: Buffer): boolean => {
    if (plant === 'accepts everything') return true;
    const time = String(request.headers['webhook-timestamp']);
    const age = Date.now() / 1_000 - Number(time);
    if (!/^\d+$/.test(time)) return false;
    if (age > 301 && plant !== 'ignores the time') return false;
    if (age < -300 && plant !== 'ignores the time' && plant !== 'ignores a time to come') return false;
    let signed: string | Buffer = body;
    if (plant === 'verifies the JSON written again') signed = JSON.stringify(read(body) ?? '');
    if (plant === 'reads the body as latin1') signed = body.toString('latin1');
    const right = createHmac('sha256', secret)
      .update(`${request.headers['webhook-id']}.${time}.`)
      .update(signed)
      .digest('base64');
    const all = String(request.headers['webhook-signature']).split(' ');
    return (plant === 'reads the first signature alone' ? all.slice(0, 1) : all).some((one) => {
      const [scheme, text = ''] = one.split(',');
      if (scheme !== 'v1' && plant !== 'takes any scheme') return false;
      return plant === 'compares the beginning of the signature' ? right.startsWith(text) : right === text;
    });
  };

  return createServer((request, response) => {
    if (request.method === 'OPTIONS' && challengeOf !== undefined) {
      response.writeHead(405);
      response.end();
      return;
    }
    if (request.method === 'OPTIONS') {
      const origin = request.headers['webhook-request-origin'];
      const allow = plant !== 'allows no origin' && typeof origin === 'string';
      response.writeHead(200, allow ? { 'webhook-allowed-origin': origin } : {});
      response.end();
      return;
    }
    answer(request).then(
      (status) => {
        response.writeHead(status, status === 302 ? { location: bridge } : {});
        const long = plant === 'answers at length' && status !== 204 ? 'x'.repeat(30_000) : undefined;
        response.end(status === 200 ? challenge : long);
      },
      () => {
        response.writeHead(500);
        response.end();
      },
    );
  });
}

function read(body: Buffer): { type: string; data?: Record<string, unknown> } | undefined {
  try {
    const value = JSON.parse(body.toString('utf8'));
    return typeof value?.type === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
