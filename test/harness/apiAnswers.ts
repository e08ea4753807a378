import { expect } from 'vitest';
import type { Answer, Stage } from './stage.ts';

// What a sender or an adviser gets to see when they ask the API.

/** Posts to a feed; what was sent is decided. The receipt as the sender then fetches it. */
export async function submitted(
  stage: Stage,
  feed: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer['body']> {
  const answer = await stage.post(`feeds/${feed}`, body, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  const receipt = await stage.get(`receipts/${String(answer.body.receiptId)}`);
  expect(receipt.status).toBe(200);
  return receipt.body;
}

export interface Entry {
  what: string;
  effective: string | null;
  codes: Record<string, string>;
  rule: string | null;
  reason: string | null;
  source: string | null;
  evidence: string | null;
}

/** All that was received and decided about one youth, oldest first. */
export async function historyOf(stage: Stage, number: string): Promise<Entry[]> {
  const { body } = await stage.get(`youths/${await stage.ref(number)}/history`);
  return body.entries as Entry[];
}

export interface Shown {
  id: string;
  kind: string;
  category: string;
  guardians: string;
  timeBand: string | null;
  priority: string;
  deadlines: object[];
  evidence: string[];
}

/** The open alert of a kind as the API shows it. @throws when there is not exactly one */
export async function shownAlert(stage: Stage, number: string, kind: string): Promise<Shown> {
  const { body } = await stage.get(`youths/${await stage.ref(number)}`);
  const found = (body.alerts as Shown[]).filter((alert) => alert.kind === kind);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} open ${kind}`);
  return found[0];
}

/** What the history calls the facts that sources sent, in order, one entry per version. */
export async function factsOf(stage: Stage, number: string): Promise<Entry[]> {
  return (await historyOf(stage, number)).filter(({ what }) => what === 'FactRecorded');
}

export interface LetterList {
  triggers: { ref: string; recipient: string }[];
  suppressed: { ref: string; holds: { code: string }[] }[];
}

/** Who is to have a letter of the wheel today, and who is not. */
export async function letterList(stage: Stage, id: string, schoolYear: string): Promise<LetterList> {
  const { status, body } = await stage.get(`letters/${id}?schoolYear=${schoolYear}`);
  expect(status).toBe(200);
  return { triggers: body.triggers, suppressed: body.suppressed } as LetterList;
}
