import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Outcome, ReceiptRow } from '../../src/store/port.ts';
import { appOf, bodyOf, dropout, ORG, problemOf, SAMPLE, type TestParts, testParts } from './parts.ts';

const TEN_DIGITS: Problem = {
  code: 'INVALID_IDENTITY_NUMBER',
  field: 'fodselsnummer',
  text: 'Fødselsnummeret har 10 siffer.',
  cure: 'Regnearket kan ha fjernet en null først i nummeret. Rett det.',
};

/** What the pipeline writes when it has seen the rows. */
async function ended(parts: TestParts, receipt: string, outcomes: Outcome[]): Promise<void> {
  const lane = await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.school-dropout`, partition: 0 });
  const receipts = outcomes.map<ReceiptRow>((outcome, index) => ({
    receipt,
    row: index + 1,
    outcome,
    problems: outcome === 'quarantined' ? [TEN_DIGITS] : [],
  }));
  await parts.memory.commit({
    lane,
    nextOffset: lane.nextOffset + BigInt(outcomes.length),
    publishedUpto: lane.publishedUpto,
    mark: null,
    applied: [],
    youths: [],
    quarantined: [],
    parked: [],
    names: [],
    sourceKeys: [],
    receipts,
    listRows: [],
    counts: { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 },
  });
}

test('S11: the receipt has totals, and only the rows that the secretary must mend, with what to do', async () => {
  const helpline = { name: 'OT i Telemark', phone: '35 91 70 00' };
  const parts = testParts({ policyOf: () => ({ ...defaultPolicy(countyNumber('40')), helpline }) });
  const { get, post } = appOf(parts);
  const rows = Array.from({ length: 42 }, () => dropout());
  const { receipt, receiptId } = await bodyOf(await post(`/organisations/${ORG}/feeds/school-dropout`, rows));
  const outcomes = rows.map<Outcome>((_, index) =>
    index === 16 ? 'quarantined' : index === 29 ? 'duplicate' : 'applied',
  );
  await ended(parts, receiptId, outcomes);
  const response = await get(receipt);
  expect(response.status).toBe(200);
  expect(await bodyOf(response)).toEqual({
    id: receiptId,
    feed: 'school-dropout',
    received: '2026-10-07T07:12:00.000Z',
    rows: 42,
    sheetRows: null,
    counts: { applied: 40, duplicate: 1, rejected: 0, quarantined: 1, parked: 0, waiting: 0 },
    problems: [{ row: 17, problems: [TEN_DIGITS], kept: null }],
    notes: [],
    resent: 0,
    deadlines: [
      { kind: 'contact', by: 'R42', date: '2026-10-14', figures: null },
      { kind: 'guidance', by: 'R42', date: '2026-10-28', figures: null },
      { kind: 'mend', by: 'W28', date: '2026-11-08', figures: '2026-11-15' },
    ],
    helpline: { name: 'OT i Telemark', phone: '35 91 70 00' },
    lists: [],
    final: true,
    text: '42 rader: 40 godtatt, 1 duplikat, 1 må rettes. Rett radene som står under, og send bare dem på nytt med en ny Idempotency-Key.',
  });
});

test('a receipt with rows that wait is not final and says so', async () => {
  const { get, post } = appOf(testParts());
  const { receipt } = await bodyOf(await post(`/organisations/${ORG}/feeds/school-dropout`, dropout()));
  expect(await bodyOf(await get(receipt))).toMatchObject({
    final: false,
    counts: { waiting: 1 },
    text: '1 rad: 1 ikke behandlet ennå. Hent kvitteringen igjen om litt.',
  });
});

test('a receipt of another organisation, an unknown one and a strange id are not found', async () => {
  const { get, post } = appOf(testParts());
  const { receiptId } = await bodyOf(await post(`/organisations/${ORG}/feeds/school-dropout`, dropout()));
  for (const path of [
    `/organisations/${SAMPLE}/receipts/${receiptId}`,
    `/organisations/${ORG}/receipts/${randomUUID()}`,
    `/organisations/${ORG}/receipts/14830989960`,
  ]) {
    const response = await get(path);
    expect(response.status).toBe(404);
    await problemOf(response);
  }
});
