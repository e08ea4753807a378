import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { instantOf } from '../../src/core/time/date.ts';
import type { LaneLoad } from '../../src/desk/lanes/laneLoad.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import type { StandingKind } from '../../src/text/standing.ts';
import { NOW, ORG, PERSON, type TestParts, testParts } from '../api/parts.ts';
import { seedParked, seedQuarantine, seedYouth } from '../api/seed.ts';
import { batch, CONCLUDED, listRow, newRef, youth } from '../store/commits.ts';
import { agreementOf, NAV } from './agreement.ts';

// Faults of operation, each planted as an operator meets it: what must be said of it, and the cure.

/** Of a moment before NOW. */
export const ago = (ms: number) => instantOf(NOW - ms);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const TOPIC = `${ORG}.ot.event.school-dropout`;

export interface FaultyCounty {
  parts: TestParts;
  /** How the lanes go, as the bridge sees them. */
  look: { loads: LaneLoad[]; unworked: string[] };
}

export function countyWithoutFaults(): FaultyCounty {
  const look: FaultyCounty['look'] = { loads: [], unworked: [] };
  const laneLook = { loads: async () => look.loads, unworked: () => look.unworked };
  return { parts: testParts({ laneLook }), look };
}

export const load = (changes: Partial<LaneLoad>): LaneLoad => ({
  ...{ org: ORG, topic: TOPIC, partition: 0, lag: 0, unpublished: 0, stillMs: null, unsentMs: null },
  ...changes,
});
/** A list of VIGO's apprenticeship register whose rows came, and what became of it. */
export async function withList(
  { parts }: FaultyCounty,
  judged: { verdict?: 'refused' | 'concluded'; doubtful?: number; opened?: string; total?: number },
): Promise<void> {
  const lane = await parts.memory.claim({
    org: ORG,
    topic: `${ORG}.ot.event.apprenticeship`,
    partition: 0,
  });
  const { opened = ago(HOUR), total = 1 } = judged;
  const envelope = { list: 'laktiv' as const, run: 'natt-1', type: 'FULL' as const, total };
  const row = { ...listRow(envelope, 'row-1', newRef()), offset: lane.nextOffset, received: opened };
  await parts.memory.commit(batch(lane, lane.nextOffset + 1n, { listRows: [row] }));
  const { verdict, doubtful = 0 } = judged;
  if (verdict !== undefined)
    await parts.memory.concludeList(ORG, 'laktiv', 'natt-1', {
      ...CONCLUDED,
      ...(verdict === 'refused' && { verdict, reason: 'LIST_SHRUNK', affected: 40 }),
      refs: [],
      doubtful: Array.from({ length: doubtful }, () => ({ ref: newRef(), base: ['row-2'] })),
    });
}

export async function withReceiver(
  { parts }: FaultyCounty,
  changes: Partial<Subscription>,
  health: { waiting: number; oldestWaiting: string } | null = null,
): Promise<void> {
  const id = randomUUID();
  await parts.subscriptions.addSubscription(
    {
      ...{ id, org: ORG, subscriber: 's', orgnr: null, name: 'Fagsystemet', url: 'https://ot.example.no/' },
      ...{ kinds: ['alert'], owners: null, protectedYouths: false, begins: 'now', beginsAt: null },
      ...{ state: 'active', reason: null, wantedUrl: null, failingSince: null, created: ago(HOUR) },
      ...{ createdBy: 's', version: 1, ...changes },
    },
    [],
  );
  if (health !== null) parts.subscriptions.healths.set(id, { ...health, lastOutcome: 'timeout' });
}

export async function withAgreement(
  { parts }: FaultyCounty,
  term: { from?: string; to?: string } = {},
): Promise<void> {
  await parts.memory.registerAgreement(agreementOf(ORG, term));
}

/** Faults of operation, each planted alone: what is said of it, and the cure. */
export const FAULTS: Readonly<
  Record<
    StandingKind,
    { plant(county: FaultyCounty): void | Promise<void>; says: Record<string, unknown>; cure: RegExp }
  >
> = {
  LANE_STANDS: {
    async plant({ parts }) {
      const lane = await parts.memory.claim({ org: ORG, topic: TOPIC, partition: 2 });
      await parts.memory.stopped(lane, {
        ...{ code: 'OFFSETS_GONE', reason: 'DELETED', offset: '7', upto: null, since: ago(HOUR) },
        text: 'Kafka har slettet meldinger.',
      });
    },
    says: {
      ...{ feed: 'school-dropout', name: '2', since: ago(HOUR) },
      what: 'Avbrudd og oppstart: lesingen står',
      cause: 'Kafka har slettet meldinger.',
    },
    cure: /ot partisjoner/,
  },
  LANE_UNWORKED: {
    plant({ look }) {
      look.loads = [load({ lag: 3, stillMs: MINUTE }), load({ partition: 1, lag: 4, stillMs: 2 * MINUTE })];
      look.unworked = [`${TOPIC}/0`, `${TOPIC}/1`];
    },
    says: { feed: 'school-dropout', count: 7, since: ago(2 * MINUTE) },
    cure: /ROLES=consume/,
  },
  LANE_STILL: {
    plant({ look }) {
      look.loads = [load({ lag: 5, stillMs: 50_000 }), load({ partition: 1, lag: 1, stillMs: 1_000 })];
    },
    says: { feed: 'school-dropout', count: 5, since: ago(50_000) },
    cure: /isReady/,
  },
  LANE_UNSENT: {
    plant({ look }) {
      look.loads = [load({ unpublished: 9, unsentMs: MINUTE })];
    },
    says: { feed: 'school-dropout', count: 9, since: ago(MINUTE) },
    cure: /ot doctor/,
  },
  LIST_MISSING: {
    plant: (county) => withList(county, { verdict: 'concluded', opened: ago(40 * HOUR) }),
    says: { list: 'laktiv', what: 'Lærekontrakter fra VIGO, hver natt: listen er ikke kommet' },
    cure: /POLL_FAILED/,
  },
  LIST_HELD: {
    plant: (county) => withList(county, { verdict: 'refused' }),
    says: { list: 'laktiv', name: 'natt-1', count: 40 },
    cure: /ot liste/,
  },
  LIST_INCOMPLETE: {
    plant: (county) => withList(county, { total: 3, opened: ago(26 * HOUR) }),
    says: { list: 'laktiv', name: 'natt-1', count: 2, since: ago(26 * HOUR) },
    cure: /sende resten/,
  },
  LIST_DOUBTFUL: {
    plant: (county) => withList(county, { verdict: 'concluded', doubtful: 2 }),
    says: { list: 'laktiv', count: 2 },
    cure: /Rett raden/,
  },
  QUARANTINE: {
    async plant({ parts }) {
      await seedQuarantine(parts, { fodselsnummer: PERSON }, { receipt: randomUUID(), row: 1 });
      await seedQuarantine(parts, { fodselsnummer: PERSON }, { receipt: randomUUID(), row: 1 });
    },
    says: { feed: 'school-dropout', count: 2, detail: 'UNKNOWN_CODE', since: '2026-10-07T07:12:00.000Z' },
    cure: /karantenen/,
  },
  PARKED: {
    async plant({ parts }) {
      await seedParked(parts, await seedYouth(parts, PERSON), 3);
    },
    says: { count: 1, detail: 'decide-failed', what: '1 ungdom har meldinger som venter' },
    cure: /Slipp fram en parkert ungdom/,
  },
  RECEIPT_WAITING: {
    async plant({ parts }) {
      const id = randomUUID();
      await parts.memory.openReceipt({
        ...{ id, org: ORG, feed: 'school-dropout', rows: 2, idempotencyKey: null },
        ...{ bodyHash: Buffer.alloc(32), received: ago(2 * MINUTE), sender: 's', institution: null },
      });
      await parts.memory.receiptSent(id);
    },
    says: { feed: 'school-dropout', count: 1, since: ago(2 * MINUTE) },
    cure: /RECEIPT_WAITING/,
  },
  DUE_STILL: {
    async plant({ parts }) {
      const lane = await parts.memory.claim({ org: ORG, topic: TOPIC, partition: 0 });
      const write = { ref: newRef(), expectedVersion: 0, version: 1, youth: youth(ago(HOUR)) };
      await parts.memory.commit(batch(lane, 1n, { youths: [youthWrite(write)] }));
    },
    says: { count: 1, since: ago(HOUR) },
    cure: /DUE_NOT_DECIDED/,
  },
  RECEIVER_DISABLED: {
    plant: (county) => withReceiver(county, { state: 'disabled', reason: 'GONE', failingSince: ago(HOUR) }),
    says: { name: 'Fagsystemet', since: ago(HOUR), detail: expect.stringContaining('410') },
    cure: /ot aktiver/,
  },
  RECEIVER_FAILING: {
    plant: (county) =>
      withReceiver(county, { failingSince: ago(HOUR) }, { waiting: 4, oldestWaiting: ago(HOUR) }),
    says: { name: 'Fagsystemet', count: 4, detail: 'timeout', since: ago(HOUR) },
    cure: /prøver igjen/,
  },
  RECEIVER_STILL: {
    plant: (county) => withReceiver(county, {}, { waiting: 4, oldestWaiting: ago(2 * MINUTE) }),
    says: { name: 'Fagsystemet', count: 4, since: ago(2 * MINUTE) },
    cure: /ROLES=relay/,
  },
  RECEIVER_PAUSED: {
    plant: (county) => withReceiver(county, { state: 'paused' }, { waiting: 4, oldestWaiting: ago(HOUR) }),
    says: { name: 'Fagsystemet', count: 4, since: ago(HOUR) },
    cure: /ot aktiver/,
  },
  RECEIVER_UNVERIFIED: {
    plant: (county) => withReceiver(county, { state: 'pending', reason: 'NEW' }),
    says: { name: 'Fagsystemet', since: ago(HOUR) },
    cure: /bekrefte den/,
  },
  AGREEMENT_MISSING: {
    plant: (county) => withAgreement(county, { to: '2026-10-06' }),
    says: { what: 'Ingen avtale med NAV gjelder', since: null },
    cure: /NAV_NO_AGREEMENT/,
  },
  AGREEMENT_ENDS: {
    plant: (county) => withAgreement(county, { to: '2026-10-17' }),
    says: { count: 14, name: '2026-10-17' },
    cure: /AGREEMENT_ENDS/,
  },
  NAV_LIST_STILL: {
    async plant(county) {
      await withAgreement(county);
      await county.parts.memory.openBatch({
        ...{ org: ORG, id: 'B-2026-10', agreement: 'a', recipient: NAV, extracted: ago(HOUR) },
        requestedBy: 'leder',
      });
    },
    says: { name: 'B-2026-10', since: ago(HOUR) },
    cure: /ROLES=consume/,
  },
};
