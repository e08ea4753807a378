// Reports a dropout over HTTP, as a school's own system would, and waits for the receipt.
//
//   npx node examples/send-typescript/send.ts
//
// OT_BRIDGE_URL says where the bridge answers. The person is synthetic (month + 80).

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const bridge = process.env.OT_BRIDGE_URL ?? 'http://127.0.0.1:8080';
const dropout = {
  id: 'elevforhold-8812',
  type: 'avbrudd',
  fodselsnummer: '14830989960',
  fodselsdato: '2009-03-14',
  skolenummer: '40014',
  avbruddsdato: Temporal.Now.plainDateISO('Europe/Oslo').toString(),
  avbruddsarsak: 'FV',
};
// One key for one submission: sent again under it, it answers with the first receipt, and counts once.
const key = randomUUID();

const { receipt } = await submit();
for (;;) {
  const { final, text, problems } = await read<Receipt>(await fetch(new URL(receipt, bridge)));
  if (final) {
    console.log(text);
    for (const problem of problems) console.log(problem);
    break;
  }
  await sleep(200);
}

interface Receipt {
  /** No row waits any more. */
  final: boolean;
  text: string;
  problems: unknown[];
}

/** 202 means that Kafka has the record. Without an answer, or at 503, it is safe to send the same again. */
async function submit(): Promise<{ receipt: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(new URL('/organisations/telemarkfylke-no/feeds/school-dropout', bridge), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(dropout),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => undefined);
    if (answer !== undefined && answer.status !== 503) return read(answer);
    if (attempt === 5) throw new Error('the bridge does not answer');
    await sleep(1_000 * attempt);
  }
}

/** A refusal is a problem document (RFC 9457) whose title and detail are written for people. */
async function read<Body>(answer: Response): Promise<Body> {
  const body = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body as Body;
}
