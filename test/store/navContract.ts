import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { NavBatch, NavJudgement, NavRecords, NavRow } from '../../src/store/navPort.ts';
import type { Store } from '../../src/store/port.ts';
import { agreementOf, NAV } from '../harness/agreement.ts';
import { change, claimed, committed, merging, newOrg, newRef } from './commits.ts';

type AnyNav = Store & NavRecords;

const EXTRACTED = '2026-11-02T08:00:00.000Z';
const LATER = '2026-11-03T08:00:00.000Z';
const HASH = Buffer.alloc(32, 1);
const CSV = Buffer.alloc(32, 2);

const asked = (ref: PersonRef): NavRow & { decision: string } => ({
  matchId: `m-${ref}`,
  ref,
  consentVersion: 'v1',
  decision: randomUUID(),
});
const may = (): NavJudgement => ({ may: true, consentVersion: 'v2' });
const stops = (later = false): NavJudgement => ({ may: false, later });

/** Oldest first, without the numbers they have in the store. */
async function disclosedBy(store: AnyNav, org: OrgId, ref: PersonRef | null) {
  const found = await store.navDisclosures(org, { ref, batch: null, before: null, limit: 10 });
  return found.toReversed().map(({ seq: _seq, ...each }) => each);
}

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
    await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH, csvHash: CSV, leaveOut: [] });
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

    test('that wait for a second person are no agreements until one approves, and are settled once', async () => {
      const store = await create();
      const org = newOrg();
      const { id, party, purpose, legalBasis, from, to, reference, reason } = agreementOf(org);
      const wanted = { party, purpose, legalBasis, from, to, reference };
      const by = { proposedBy: 'leder', proposedKey: '1', byOfficer: false, proposed: EXTRACTED };
      const proposal = { id, org, wanted, reason, ...by };
      const dropped = { ...proposal, id: randomUUID(), byOfficer: true, proposed: LATER };
      for (const each of [dropped, proposal]) await store.proposeAgreement(each);
      expect(await store.agreementProposals(org)).toEqual([proposal, dropped]);
      expect(await store.agreementProposals(newOrg())).toEqual([]);
      expect(await store.agreements(org)).toEqual([]);
      expect(await store.settleAgreementProposal(newOrg(), id, 'personvern')).toBe(false);
      expect(await store.settleAgreementProposal(org, dropped.id, null)).toBe(true);
      expect(await store.settleAgreementProposal(org, id, 'personvern')).toBe(true);
      expect(await store.settleAgreementProposal(org, id, 'other')).toBe(false);
      expect(await store.settleAgreementProposal(org, dropped.id, 'other')).toBe(false);
      expect(await store.agreementProposals(org)).toEqual([]);
      expect(await store.agreements(org)).toEqual([
        { id, org, ...wanted, reason, registeredBy: 'leder', approvedBy: 'personvern', revoked: null },
      ]);
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
      await store.finishBatch(batch.org, batch.id, { at: LATER, hash: HASH, csvHash: CSV, leaveOut: [] });
      expect(await store.unfinishedBatches(batch.org)).toEqual([]);
      expect(await store.openBatch(batch)).toBe(false);
      expect(await store.navBatches(batch.org)).toEqual([
        {
          ...batch,
          finished: { at: LATER, rows: 0, hash: HASH, csvHash: CSV },
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
      expect(await store.askedAbout(batch.org, batch.id, refs)).toEqual(new Map());
      expect(await disclosedBy(store, batch.org, null)).toEqual([]);
      await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH, csvHash: CSV, leaveOut: [] });
      expect(await store.extractPage(batch.org, batch.id, 10, ({ ref }) => asked(ref))).toBeNull();
      expect(await store.extractPage(batch.org, 'B-2026-12', 10, ({ ref }) => asked(ref))).toBeNull();
      expect(await store.askedAbout(batch.org, batch.id, [...refs, newRef()])).toEqual(
        new Map(refs.map((ref) => [ref, EXTRACTED])),
      );
      expect(await store.askedAbout(batch.org, 'B-2026-12', refs)).toEqual(new Map());
    });

    test('has none of the rows that are left out when it is finished', async () => {
      const { store, batch, refs } = await opened(3);
      await store.extractPage(batch.org, batch.id, 10, ({ ref }) => asked(ref));
      const leaveOut = [`m-${refs[1]}`];
      await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH, csvHash: CSV, leaveOut });
      expect(await store.navBatches(batch.org)).toMatchObject([{ finished: { rows: 2 } }]);
      expect((await disclosedBy(store, batch.org, null)).map(({ ref }) => ref)).toEqual([refs[0], refs[2]]);
      await store.finishBatch(batch.org, batch.id, {
        at: LATER,
        hash: HASH,
        csvHash: CSV,
        leaveOut: [`m-${refs[0]}`],
      });
      expect(await store.batchRows(batch.org, batch.id, '', 10)).toHaveLength(2);
    });

    test('that is abandoned leaves nothing, and a finished one stays', async () => {
      const { store, batch } = await opened(2);
      await store.extractPage(batch.org, batch.id, 1, ({ ref }) => asked(ref));
      await store.abandonBatch(batch.org, batch.id);
      expect(await store.navBatches(batch.org)).toEqual([]);
      expect(await store.openBatch(batch)).toBe(true);
      expect(await store.batchRows(batch.org, batch.id, '', 10)).toEqual([]);
      await store.finishBatch(batch.org, batch.id, { at: EXTRACTED, hash: HASH, csvHash: CSV, leaveOut: [] });
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
      const disclosed = await disclosedBy(store, batch.org, refs[0]!);
      const common = { batch: batch.id, matchId: `m-${refs[0]}`, ref: refs[0], recipient: NAV };
      const decision = disclosed[0]?.decision;
      expect(disclosed).toEqual([
        {
          ...common,
          ...{ decision, how: 'extract', legalBasis: 'SAMTYKKE', consentVersion: 'v1', at: EXTRACTED },
        },
        { ...common, decision, how: 'fetch', legalBasis: 'SAMTYKKE', consentVersion: 'v2', at: LATER },
      ]);
      expect(await disclosedBy(store, batch.org, null)).toHaveLength(4);
      expect(await disclosedBy(store, newOrg(), null)).toEqual([]);
      expect(await store.navBatches(batch.org)).toMatchObject([{ fetched: 2, withdrawn: 0 }]);
    });

    test('rests on the agreement with its recipient that holds now, and is none without one', async () => {
      const { store, batch, refs } = await finished(1);
      const { org, agreement, id } = batch;
      await store.revokeAgreement(org, agreement, { at: EXTRACTED, by: 'a', reason: 'Fornyet.' });
      const other = { ...agreementOf(org), party: '987654321' as typeof NAV };
      await store.registerAgreement(other);
      expect(await store.judgePage(org, id, { ...page, judge: may })).toMatchObject([
        { given: false, withdrawn: null },
      ]);
      await store.registerAgreement({ ...agreementOf(org), legalBasis: 'OPPLAERINGSLOVA_9_2' });
      expect(await store.judgePage(org, id, { ...page, judge: may })).toMatchObject([{ given: true }]);
      const disclosed = await disclosedBy(store, org, refs[0]!);
      expect(disclosed.map(({ how, legalBasis }) => `${how} ${legalBasis}`)).toEqual([
        'extract SAMTYKKE',
        'fetch OPPLAERINGSLOVA_9_2',
      ]);
    });

    test('is found by youth and by list, newest first, page by page', async () => {
      const { store, batch, refs } = await finished(2);
      const { org, id } = batch;
      await store.judgePage(org, id, { ...page, judge: may });
      const asked = { ref: null, batch: null, before: null, limit: 3 };
      const first = await store.navDisclosures(org, asked);
      expect(first.map(({ ref, how }) => [ref, how])).toEqual([
        [refs[1], 'fetch'],
        [refs[0], 'fetch'],
        [refs[1], 'extract'],
      ]);
      const before = first.at(-1)?.seq ?? 0;
      const rest = await store.navDisclosures(org, { ...asked, before });
      expect(rest.map(({ ref, how }) => [ref, how])).toEqual([[refs[0], 'extract']]);
      expect(await store.navDisclosures(org, { ...asked, batch: id })).toEqual(first);
      expect(await store.navDisclosures(org, { ...asked, batch: 'B-2026-12' })).toEqual([]);
      const own = await store.navDisclosures(org, { ...asked, ref: refs[0] ?? null, batch: id, limit: 1 });
      expect(own.map(({ ref, how }) => [ref, how])).toEqual([[refs[0], 'fetch']]);
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
      expect((await disclosedBy(store, batch.org, gone!)).map(({ how }) => how)).toEqual(['extract']);
      expect((await disclosedBy(store, batch.org, stays!)).map(({ how }) => how)).toEqual([
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
      expect((await disclosedBy(store, batch.org, null)).map(({ how }) => how)).toEqual([
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

  test('deliveries are held once, and used ones know which said the same before', async () => {
    const store = await create();
    const org = newOrg();
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(await store.holdDelivery(org, 'B-2026-11')).toBe(true);
    expect(await store.holdDelivery(org, 'B-2026-11')).toBe(false);
    expect(await store.navDeliveries(org)).toEqual([{ run: 'B-2026-11', used: null, sameAs: null }]);
    const note = (run: string, hash: Buffer, batch = 'B-2026-11') =>
      store.noteDelivery(org, { run, batch, hash, at: LATER });
    expect(await note('B-2026-11', one)).toBeNull();
    // Again after a crash: it is not its own repeat.
    expect(await note('B-2026-11', one)).toBeNull();
    expect(await note('B-2026-11b', one)).toBe('B-2026-11');
    expect(await note('B-2026-11c', one)).toBe('B-2026-11');
    expect(await note('B-2026-11d', other)).toBeNull();
    expect(await note('B-2026-11e', one)).toBeNull();
    expect(await note('B-2026-12', one, 'B-2026-12')).toBeNull();
    expect((await store.navDeliveries(org)).map(({ run, used, sameAs }) => [run, used, sameAs])).toEqual([
      ['B-2026-11', LATER, null],
      ['B-2026-11b', LATER, 'B-2026-11'],
      ['B-2026-11c', LATER, 'B-2026-11'],
      ['B-2026-11d', LATER, null],
      ['B-2026-11e', LATER, null],
      ['B-2026-12', LATER, null],
    ]);
    expect(await store.navDeliveries(newOrg())).toEqual([]);
  });

  test('deliveries with persons NAV was not asked about are kept, each with when it was found first', async () => {
    const store = await create();
    const org = newOrg();
    await store.noteIncident(org, { run: 'B-2026-12', strangers: 1, at: LATER });
    await store.noteIncident(org, { run: 'B-2026-11', strangers: 2, at: EXTRACTED });
    await store.noteIncident(org, { run: 'B-2026-11', strangers: 3, at: LATER });
    expect(await store.navIncidents(org)).toEqual([
      { run: 'B-2026-11', strangers: 3, at: EXTRACTED },
      { run: 'B-2026-12', strangers: 1, at: LATER },
    ]);
    expect(await store.navIncidents(newOrg())).toEqual([]);
  });

  test('a youth that was merged into another was asked about under the one it is now', async () => {
    const store = await create();
    const lane = await claimed(store);
    const [gone, stays] = [newRef(), newRef()];
    await committed(store, change(lane, gone, 1));
    const agreement = agreementOf(lane.org);
    await store.registerAgreement(agreement);
    const id = 'B-2026-11';
    await store.openBatch({
      ...{
        org: lane.org,
        id,
        agreement: agreement.id,
        recipient: NAV,
        extracted: EXTRACTED,
        requestedBy: 'a',
      },
    });
    await store.extractPage(lane.org, id, 10, ({ ref }) => asked(ref));
    await store.finishBatch(lane.org, id, { at: EXTRACTED, hash: HASH, csvHash: CSV, leaveOut: [] });
    await committed(store, merging(lane, [{ ref: gone, version: 2, into: stays }], stays, 1));
    expect(await store.askedAbout(lane.org, id, [gone, stays])).toEqual(new Map([[stays, EXTRACTED]]));
    expect((await disclosedBy(store, lane.org, stays)).map(({ ref }) => ref)).toEqual([stays]);
    expect(await disclosedBy(store, lane.org, gone)).toEqual([]);
    expect(await store.unanswered(lane.org, id, [gone])).toBe(1);
    expect(await store.unanswered(lane.org, id, [stays])).toBe(0);
    await store.noteAnswers(lane.org, id, [stays], LATER);
    expect(await store.unanswered(lane.org, id, [])).toBe(0);
  });

  test('messages are held once each, in their order, until they are forgotten', async () => {
    const store = await create();
    const org = newOrg();
    const message = (id: string) => ({ id, ref: newRef(), sealed: Buffer.from(id), held: LATER });
    const [one, other] = [message('b/0/1/1'), message('a/0/1/1')];
    for (const each of [one, other, { ...one, sealed: Buffer.from('again') }])
      await store.holdMessage(org, each);
    expect(await store.heldMessages(org)).toEqual([one, other]);
    expect(await store.heldMessages(newOrg())).toEqual([]);
    await store.forgetHeld(newOrg(), one.id);
    await store.forgetHeld(org, one.id);
    expect(await store.heldMessages(org)).toEqual([other]);
  });
}
