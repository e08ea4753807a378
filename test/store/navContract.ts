import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrganisationNumber } from '../../src/core/access/principal.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { NavBatch, NavJudgement, NavRecords, NavRow } from '../../src/store/navPort.ts';
import type { Store } from '../../src/store/port.ts';
import { change, claimed, committed, newOrg, newRef } from './commits.ts';

type AnyNav = Store & NavRecords;

const NAV = '889640782' as OrganisationNumber;
const EXTRACTED = '2026-11-02T08:00:00.000Z';
const LATER = '2026-11-03T08:00:00.000Z';
const HASH = Buffer.alloc(32, 1);

export function agreementOf(org: OrgId, changes: { from?: string; to?: string } = {}) {
  return {
    id: randomUUID(),
    org,
    party: NAV,
    purpose: 'NAV_UTVEKSLING' as const,
    legalBasis: 'SAMTYKKE',
    from: '2024-01-01',
    to: '2027-01-31',
    reference: '24/01234',
    registeredBy: 'ACCESS_FILE',
    reason: 'Avtalen fornyes hvert tredje år.',
    ...changes,
  };
}

const asked = (ref: PersonRef): NavRow & { decision: string } => ({
  matchId: `m-${ref}`,
  ref,
  consentVersion: 'v1',
  decision: randomUUID(),
});
const may = (): NavJudgement => ({ may: true, consentVersion: 'v2' });
const stops = (later = false): NavJudgement => ({ may: false, later });

/** What every store promises the exchange with NAV. Each test uses an organisation of its own. */
export function navContract(create: () => Promise<AnyNav>): void {
  async function opened(youths: number): Promise<{ store: AnyNav; batch: NavBatch; refs: PersonRef[] }> {
    const store = await create();
    const lane = await claimed(store);
    const { org } = lane;
    const refs = Array.from({ length: youths }, newRef).sort();
    for (const ref of refs) await committed(store, change(lane, ref, 1));
    const agreement = agreementOf(org);
    await store.registerAgreement(agreement);
    const batch = {
      ...{ org, id: 'B-2026-11', agreement: agreement.id, recipient: NAV },
      ...{ extracted: EXTRACTED, requestedBy: 'loopback' },
    };
    expect(await store.openBatch(batch)).toBe(true);
    return { store, batch, refs };
  }
  async function finished(youths: number) {
    const known = await opened(youths);
    const { store, batch } = known;
    while ((await store.extractPage(batch.org, batch.id, 100, ({ ref }) => asked(ref))) !== 0);
    await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH });
    return known;
  }
  const page = { after: '', limit: 100, at: LATER, recipient: NAV };

  describe('agreements', () => {
    test('are kept as they were registered, and registered again stay as they were', async () => {
      const store = await create();
      const org = newOrg();
      const [one, other] = [agreementOf(org, { from: '2025-01-01' }), agreementOf(org)];
      for (const each of [one, other]) await store.registerAgreement(each);
      await store.registerAgreement({ ...one, to: '2099-01-01' });
      expect(await store.agreements(org)).toEqual([
        { ...other, revoked: null },
        { ...one, revoked: null },
      ]);
      expect(await store.agreements(newOrg())).toEqual([]);
    });

    test('are revoked once, at their own organisation, and stay revoked when registered again', async () => {
      const store = await create();
      const org = newOrg();
      const agreement = agreementOf(org);
      await store.registerAgreement(agreement);
      const revoked = { at: LATER, by: 'loopback', reason: 'Sagt opp.' };
      expect(await store.revokeAgreement(newOrg(), agreement.id, revoked)).toBe(false);
      expect(await store.revokeAgreement(org, agreement.id, revoked)).toBe(true);
      expect(await store.revokeAgreement(org, agreement.id, { ...revoked, by: 'other' })).toBe(false);
      await store.registerAgreement(agreement);
      expect(await store.agreements(org)).toEqual([{ ...agreement, revoked }]);
    });

    test('are warned about once for each number of days', async () => {
      const store = await create();
      const agreement = agreementOf(newOrg());
      await store.registerAgreement(agreement);
      const warnings = [60, 60, 14, 14] as const;
      const raised: boolean[] = [];
      for (const days of warnings) raised.push(await store.noteAgreementWarning(agreement.id, days));
      expect(raised).toEqual([true, false, true, false]);
    });
  });

  describe('a month’s list', () => {
    test('is opened once, and seen as unfinished until it is', async () => {
      const { store, batch } = await opened(0);
      expect(await store.openBatch({ ...batch, extracted: LATER })).toBe(false);
      expect(await store.unfinishedBatches(batch.org)).toEqual([batch]);
      await store.finishBatch(batch.org, batch.id, { at: LATER, hash: HASH });
      expect(await store.unfinishedBatches(batch.org)).toEqual([]);
      expect(await store.openBatch(batch)).toBe(false);
      expect(await store.navBatches(batch.org)).toEqual([
        {
          ...batch,
          finished: { at: LATER, rows: 0, hash: HASH },
          ...{ legalBasis: 'SAMTYKKE', fetched: 0, withdrawn: 0, answered: 0 },
        },
      ]);
      expect(await store.navBatches(newOrg())).toEqual([]);
    });

    test('judges each youth once, page after page, and keeps those that may be asked about', async () => {
      const { store, batch, refs } = await opened(5);
      const judged: PersonRef[] = [];
      const counts: (number | null)[] = [];
      for (let turn = 0; turn < 4; turn += 1)
        counts.push(
          await store.extractPage(batch.org, batch.id, 2, ({ ref }) => {
            judged.push(ref);
            return ref === refs[1] ? null : asked(ref);
          }),
        );
      expect(counts).toEqual([2, 2, 1, 0]);
      expect(judged).toEqual(refs);
      const rows = await store.batchRows(batch.org, batch.id, '', 100);
      expect(rows.map(({ ref }) => ref)).toEqual(refs.filter((_, at) => at !== 1));
      const [first] = rows;
      expect(await store.batchRows(batch.org, batch.id, first!.matchId, 1)).toEqual(rows.slice(1, 2));
    });

    test('shows nothing before it is finished, and takes no youths after', async () => {
      const { store, batch, refs } = await opened(2);
      await store.extractPage(batch.org, batch.id, 10, ({ ref }) => asked(ref));
      expect(await store.judgePage(batch.org, batch.id, { ...page, judge: may })).toEqual([]);
      expect(await store.askedAbout(batch.org, batch.id, refs)).toEqual(new Set());
      expect(await store.navDisclosures(batch.org, null, 10)).toEqual([]);
      await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH });
      expect(await store.extractPage(batch.org, batch.id, 10, ({ ref }) => asked(ref))).toBeNull();
      expect(await store.extractPage(batch.org, 'B-2026-12', 10, ({ ref }) => asked(ref))).toBeNull();
      expect(await store.askedAbout(batch.org, batch.id, [...refs, newRef()])).toEqual(new Set(refs));
      expect(await store.askedAbout(batch.org, 'B-2026-12', refs)).toEqual(new Set());
    });

    test('that is abandoned leaves nothing, and a finished one stays', async () => {
      const { store, batch } = await opened(2);
      await store.extractPage(batch.org, batch.id, 1, ({ ref }) => asked(ref));
      await store.abandonBatch(batch.org, batch.id);
      expect(await store.navBatches(batch.org)).toEqual([]);
      expect(await store.openBatch(batch)).toBe(true);
      expect(await store.batchRows(batch.org, batch.id, '', 10)).toEqual([]);
      await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH });
      await store.abandonBatch(batch.org, batch.id);
      expect(await store.navBatches(batch.org)).toHaveLength(1);
    });
  });

  describe('a page that NAV fetches', () => {
    test('is a disclosure of each row, beside that of the extract, with what it rests on', async () => {
      const { store, batch, refs } = await finished(2);
      const given = await store.judgePage(batch.org, batch.id, { ...page, judge: may });
      expect(given.map(({ ref, given: is, withdrawn }) => [ref, is, withdrawn])).toEqual(
        refs.map((ref) => [ref, true, null]),
      );
      const disclosed = await store.navDisclosures(batch.org, refs[0]!, 10);
      const common = { batch: batch.id, matchId: `m-${refs[0]}`, ref: refs[0], recipient: NAV };
      const decision = disclosed[0]?.decision;
      expect(disclosed).toEqual([
        {
          ...common,
          ...{ decision, how: 'extract', legalBasis: 'SAMTYKKE', consentVersion: 'v1', at: EXTRACTED },
        },
        { ...common, decision, how: 'fetch', legalBasis: 'SAMTYKKE', consentVersion: 'v2', at: LATER },
      ]);
      expect(await store.navDisclosures(batch.org, null, 10)).toHaveLength(4);
      expect(await store.navDisclosures(newOrg(), null, 10)).toEqual([]);
      expect(await store.navBatches(batch.org)).toMatchObject([{ fetched: 2, withdrawn: 0 }]);
    });

    test('leaves out a row that may not be asked about now, for good unless it is only for now', async () => {
      const { store, batch, refs } = await finished(3);
      const [gone, waits, stays] = refs;
      const judge = (youth: { ref: PersonRef } | undefined) =>
        youth?.ref === gone ? stops() : youth?.ref === waits ? stops(true) : may();
      const first = await store.judgePage(batch.org, batch.id, { ...page, judge });
      expect(first.map(({ given, withdrawn }) => [given, withdrawn])).toEqual([
        [false, LATER],
        [false, null],
        [true, null],
      ]);
      const again = await store.judgePage(batch.org, batch.id, {
        ...page,
        at: '2026-11-04T08:00:00.000Z',
        judge: may,
      });
      expect(again.map(({ given, withdrawn }) => [given, withdrawn])).toEqual([
        [false, LATER],
        [true, null],
        [true, null],
      ]);
      expect((await store.navDisclosures(batch.org, gone!, 10)).map(({ how }) => how)).toEqual(['extract']);
      expect((await store.navDisclosures(batch.org, stays!, 10)).map(({ how }) => how)).toEqual([
        'extract',
        'fetch',
        'fetch',
      ]);
      expect(await store.navBatches(batch.org)).toMatchObject([{ fetched: 2, withdrawn: 1 }]);
    });

    test('gives nothing when none is asked for, and withdraws all the same', async () => {
      const { store, batch, refs } = await finished(2);
      const judge = (youth: { ref: PersonRef } | undefined) => (youth?.ref === refs[0] ? stops() : may());
      const rows = await store.judgePage(batch.org, batch.id, { ...page, recipient: null, judge });
      expect(rows.map(({ given, withdrawn }) => [given, withdrawn])).toEqual([
        [false, LATER],
        [false, null],
      ]);
      expect((await store.navDisclosures(batch.org, null, 10)).map(({ how }) => how)).toEqual([
        'extract',
        'extract',
      ]);
    });

    test('follows the one before, of as many rows as asked for', async () => {
      const { store, batch, refs } = await finished(3);
      const seen: PersonRef[] = [];
      for (let after = ''; ; ) {
        const rows = await store.judgePage(batch.org, batch.id, { ...page, after, limit: 2, judge: may });
        seen.push(...rows.map(({ ref }) => ref));
        const last = rows.at(-1);
        if (last === undefined) break;
        after = last.matchId;
      }
      expect(seen).toEqual(refs);
    });
  });

  test('answers are noted, and those left without one are counted', async () => {
    const { store, batch, refs } = await finished(4);
    const [one, other, third] = refs;
    const judge = (youth: { ref: PersonRef } | undefined) => (youth?.ref === third ? stops() : may());
    await store.judgePage(batch.org, batch.id, { ...page, judge });
    expect(await store.unanswered(batch.org, batch.id, [])).toBe(3);
    expect(await store.unanswered(batch.org, batch.id, [one!])).toBe(2);
    await store.noteAnswers(batch.org, batch.id, [one!, other!, newRef()], LATER);
    expect(await store.unanswered(batch.org, batch.id, [one!])).toBe(1);
    expect(await store.navBatches(batch.org)).toMatchObject([{ answered: 2 }]);
  });
}
