import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import {
  type BuiltAsked,
  lookAtSheet,
  MOST_WAITING,
  renewSheet,
  wholeBuiltSheet,
} from '../../src/desk/reports/builtSheets.ts';
import { reportSheet } from '../../src/desk/reports/reports.ts';
import { createSheetRun } from '../../src/desk/reports/sheetRun.ts';
import { adviserWorld, LEFT, leaving, NOW } from '../console/adviserWorld.ts';
import { crowd } from '../harness/manyPersons.ts';
import { counterOf, countHere, countReports } from './countReports.ts';

const minutes = (count: number): IsoInstant => instantOf(Date.parse(NOW) + count * 60_000);
const STOCK: BuiltAsked = {
  ...{ name: 'stock', on: '2026-10-07', step: 'maaned', audience: 'ot', permission: WHOLE_COUNTY },
};
const MASKED: Permission = { ...WHOLE_COUNTY, masked: true };

async function county(changes: Partial<Awaited<ReturnType<typeof adviserWorld>>['parts']> = {}) {
  const world = await adviserWorld();
  const parts = { ...world.parts, ...changes };
  const [organisation] = parts.organisations;
  if (organisation === undefined) throw new Error('no organisation');
  const own = { ...parts, asking: parts.sheets, heads: () => parts.queries.heads() };
  const look = (changes: Partial<BuiltAsked> = {}) =>
    lookAtSheet(own, organisation, { ...STOCK, ...changes });
  /** As it is counted for one request. */
  const counted = ({ permission, ...asked }: BuiltAsked) =>
    reportSheet(parts, organisation, {
      ...asked,
      county: null,
      masked: permission.masked,
      organisations: null,
    });
  return { ...world, parts, own, organisation, look, counted };
}

describe('a report as it was last counted', () => {
  test('is asked for when there is none, once, and is then what counting it would give', async () => {
    const { parts, look, counted } = await county();
    expect(await look()).toMatchObject({ shown: null, making: { underWay: false, records: 0 } });
    await look();
    expect(await countReports(parts)).toBe(1);
    const { shown, making, renewable } = await look();
    expect(shown).toMatchObject({ asOf: NOW, built: NOW, document: await counted(STOCK) });
    expect([making, renewable]).toEqual([null, false]);
    expect(await countReports(parts)).toBe(0);
  });

  test('is one for all audiences: each is shown what it would be shown of a report counted for it', async () => {
    const { parts, look, counted } = await county();
    const name = 'reconciliation' as const;
    await look({ name });
    await countReports(parts);
    for (const change of [{}, { audience: 'ekstern' as const }, { permission: MASKED }]) {
      const asked = { ...STOCK, name, ...change };
      const { shown, making } = await look(asked);
      expect(making).toBeNull();
      expect(shown?.document).toEqual(await counted(asked));
    }
    expect((await look({ name })).shown?.document.tables.some(({ personal }) => personal)).toBe(true);
    expect(
      (await look({ name, permission: MASKED })).shown?.document.tables.some(({ personal }) => personal),
    ).toBe(false);
  });

  test('of a unit is counted from the youths that the unit follows', async () => {
    const { parts, look } = await county();
    const units = (of: string): Permission => ({ ...WHOLE_COUNTY, reach: { kind: 'units', units: [of] } });
    await look();
    expect((await look({ permission: units('40200') })).shown).toBeNull();
    await look({ permission: units('40299') });
    expect(await countReports(parts)).toBe(3);
    const sums = async (permission: Permission) =>
      JSON.stringify((await look({ permission })).shown?.document.tables);
    expect(await sums(units('40200'))).toBe(await sums(WHOLE_COUNTY));
    expect(await sums(units('40299'))).not.toBe(await sums(WHOLE_COUNTY));
  });

  test('that is old is shown while a new one is made, and is not old while nothing has come', async () => {
    const { pipeline, parts, look, settle } = await county();
    await look();
    await countReports(parts);
    await settle(minutes(59));
    expect((await look()).making).toBeNull();
    await settle(minutes(90));
    expect((await look()).making).toBeNull();
    const before = (await look()).shown?.document;
    const [one] = crowd(1, { first: '2009-01-01', last: '2009-12-31' });
    if (one === undefined) throw new Error('nobody');
    await pipeline.send('school-dropout', [leaving(one, 'late')], { at: minutes(91) });
    await settle(minutes(92));
    const old = await look();
    expect(old.shown?.document).toEqual(before);
    expect(old.shown?.asOf).toBe(NOW);
    expect(old.making).not.toBeNull();
    await countReports(parts);
    const after = await look();
    expect(after.shown?.asOf).toBe(minutes(92));
    expect(after.shown?.document).not.toEqual(before);
    await settle(minutes(24 * 60));
    expect((await look()).making).not.toBeNull();
  });

  test('of a day that is over is counted again when the day turns, and not because something has come', async () => {
    const { pipeline, parts, look, settle } = await county();
    const past = { on: '2026-10-05' as const };
    await look(past);
    await countReports(parts);
    await pipeline.send('school-dropout', [leaving(LEFT, 'again')], { at: minutes(91) });
    await settle(minutes(92));
    expect((await look(past)).making).toBeNull();
    await settle(minutes(24 * 60));
    expect((await look(past)).making).not.toBeNull();
  });

  test('may be had counted again after a minute', async () => {
    const { own, parts, organisation, look, settle } = await county();
    await look();
    await countReports(parts);
    await renewSheet(own, organisation, STOCK);
    expect((await look()).making).toBeNull();
    await settle(minutes(2));
    expect((await look()).renewable).toBe(true);
    expect(await renewSheet(own, organisation, STOCK)).toBe(true);
    expect(await look()).toMatchObject({ making: { underWay: false }, renewable: false });
    await countReports(parts);
    expect((await look()).shown?.asOf).toBe(minutes(2));
  });

  test('counted by other rules is not shown, and is counted again', async () => {
    const { parts, own, organisation, look } = await county();
    await look();
    await countReports(parts);
    const policy = parts.policyOf(organisation.id);
    const changed = {
      ...own,
      policyOf: () => ({ ...policy, reportDaysBefore: policy.reportDaysBefore + 1 }),
    };
    expect(await lookAtSheet(changed, organisation, STOCK)).toMatchObject({ shown: null, making: {} });
    await expect(wholeBuiltSheet({ ...changed, sheets: parts.sheets }, organisation, STOCK)).rejects.toThrow(
      expect.objectContaining({ code: 'REPORT_NOT_BUILT' }),
    );
  });

  test('has its whole lists in the spreadsheet alone when they are long', async () => {
    const { pipeline, parts, own, organisation, look, settle, counted } = await county();
    const many = crowd(130, { first: '2008-01-01', last: '2009-12-31' }).map((one, at) =>
      leaving(one, `m-${at}`),
    );
    await pipeline.send('school-dropout', many, { at: minutes(1) });
    await settle(minutes(2));
    const asked = { ...STOCK, name: 'late-arrivals' as const, on: '2026-10-06' as const };
    await look(asked);
    await countReports(parts);
    const { shown } = await look(asked);
    const list = shown?.document.tables.find(({ personal }) => personal);
    const whole = await wholeBuiltSheet(own, organisation, asked);
    expect(whole.document).toEqual(await counted(asked));
    const all = whole.document.tables.find(({ personal }) => personal)?.rows.length ?? 0;
    expect(all).toBeGreaterThan(100);
    expect(list?.rows).toHaveLength(100);
    expect(shown?.rows.get(list?.name ?? '')).toBe(all);
  });

  test('names no youth that has gone into hiding since it was made', async () => {
    const { pipeline, parts, own, organisation, look, settle, counted, refOf } = await county();
    const asked = { ...STOCK, name: 'late-arrivals' as const, on: '2026-10-01' as const };
    await look(asked);
    await countReports(parts);
    const ref = await refOf(LEFT.fodselsnummer);
    expect(JSON.stringify((await look(asked)).shown)).toContain(ref);
    const hiding = { id: 'fr-1', type: 'adressebeskyttelse', fodselsnummer: LEFT.fodselsnummer };
    const graded = { ...hiding, dato: '2026-10-07', gradering: 'STRENGT_FORTROLIG' };
    await pipeline.send('folkeregister', [graded], { at: minutes(1) });
    await settle(minutes(2));
    const { shown, making } = await look(asked);
    expect(making).toBeNull();
    expect(JSON.stringify(shown)).not.toContain(ref);
    expect(shown?.document).toEqual(await counted(asked));
    const whole = await wholeBuiltSheet(own, organisation, asked);
    expect(JSON.stringify(whole)).not.toContain(ref);
  });

  test('is shown to those from whom small figures are hidden only as long as no address has been hidden since', async () => {
    const { pipeline, parts, own, organisation, look, settle } = await county();
    const outside = { ...STOCK, audience: 'ekstern' as const };
    const masked = { ...STOCK, permission: MASKED };
    const national = { ...STOCK, name: 'national' as const };
    await look();
    await look(national);
    await countReports(parts);
    const [other] = crowd(1, { first: '2009-01-01', last: '2009-12-31' });
    if (other === undefined) throw new Error('nobody');
    await pipeline.send('school-dropout', [leaving(other, 'late')], { at: minutes(1) });
    await settle(minutes(2));
    for (const asked of [outside, masked, national]) expect((await look(asked)).shown).not.toBeNull();
    const hiding = { id: 'fr-1', type: 'adressebeskyttelse', fodselsnummer: LEFT.fodselsnummer };
    const graded = { ...hiding, dato: '2026-10-07', gradering: 'STRENGT_FORTROLIG' };
    await pipeline.send('folkeregister', [graded], { at: minutes(3) });
    await settle(minutes(4));
    expect(await look()).toMatchObject({ shown: { asOf: NOW }, making: null });
    for (const asked of [outside, masked, national]) {
      await expect(wholeBuiltSheet(own, organisation, asked)).rejects.toThrow(
        expect.objectContaining({ code: 'REPORT_NOT_BUILT' }),
      );
      expect(await look(asked)).toMatchObject({ shown: null, making: {}, renewable: false });
    }
    await countReports(parts);
    for (const asked of [outside, masked, national]) expect((await look(asked)).shown?.asOf).toBe(minutes(4));
  });

  test('that cannot be counted is not tried again by itself within the hour', async () => {
    const { parts, own, organisation, look, settle } = await county();
    await look();
    const errors: unknown[] = [];
    const broken = counterOf(
      parts,
      async () => {
        throw new Error('no memory');
      },
      (error) => errors.push(error),
    );
    expect(await broken.step()).toBe(1);
    expect(errors).toHaveLength(1);
    expect(await look()).toMatchObject({ shown: null, making: null, failed: true, renewable: true });
    await renewSheet(own, organisation, STOCK);
    expect(await look()).toMatchObject({ making: {}, failed: false });
    await broken.step();
    await settle(minutes(61));
    expect((await look()).making).not.toBeNull();
  });

  test('is not asked for when too many wait', async () => {
    const { look } = await county();
    for (let day = 1; day <= MOST_WAITING; day += 1)
      await look({
        on: `2026-09-${String(((day - 1) % 30) + 1).padStart(2, '0')}` as const as typeof STOCK.on,
      });
    expect(await look()).toMatchObject({ shown: null, making: null, crowded: true });
  });
});

describe('counting', () => {
  test('two processes count a report once', async () => {
    const { parts, look } = await county();
    await look();
    let counts = 0;
    const run = () =>
      counterOf(parts, (...order) => {
        counts += 1;
        return countHere(...order);
      });
    const steps = await Promise.all([run().step(), run().step()]);
    expect(steps.toSorted()).toEqual([0, 1]);
    expect(counts).toBe(1);
    expect((await look()).shown).not.toBeNull();
  });

  test('counts those that wait and are counted from the same together, and others each for itself', async () => {
    const { parts, look } = await county();
    for (const name of ['stock', 'checks', 'series', 'national'] as const) await look({ name });
    await look({ on: '2026-10-06' });
    await look({ permission: { ...WHOLE_COUNTY, reach: { kind: 'units', units: ['40200'] } } });
    const counts: string[][] = [];
    const run = counterOf(parts, (queries, order, watch) => {
      counts.push(order.asked.map(({ request }) => request.name));
      return countHere(queries, order, watch);
    });
    expect([await run.step(), await run.step(), await run.step(), await run.step()]).toEqual([4, 1, 1, 0]);
    expect(counts).toEqual([['stock', 'checks', 'series', 'national'], ['stock'], ['stock']]);
    expect((await look({ name: 'checks' })).shown).not.toBeNull();
  });

  test('one that cannot be counted takes no other with it', async () => {
    const { parts, look } = await county();
    const names = ['stock', 'flow', 'kostra'] as const;
    for (const name of names) await look({ name });
    const errors: unknown[] = [];
    const run = counterOf(
      parts,
      async (queries, order, watch) => {
        if (order.asked.some(({ request }) => request.name === 'flow')) throw new Error('no memory');
        return countHere(queries, order, watch);
      },
      (error) => errors.push(error),
    );
    expect(await run.step()).toBe(3);
    expect(errors).toHaveLength(2);
    const [stock, flow, kostra] = [
      await look(),
      await look({ name: 'flow' }),
      await look({ name: 'kostra' }),
    ];
    expect(flow).toMatchObject({ shown: null, making: null, failed: true });
    for (const { shown, making } of [stock, kostra]) expect([shown === null, making]).toEqual([false, null]);
  });

  test('what a process that is stopped has not kept waits as before', async () => {
    const { parts, look } = await county();
    for (const name of ['stock', 'flow'] as const) await look({ name });
    const stopping = new AbortController();
    const stopped = createSheetRun(parts, {
      ...{ by: randomUUID(), signal: stopping.signal, failed: (error) => expect.unreachable(String(error)) },
      async count(_queries, _order, { signal }) {
        stopping.abort(new Error('stopping'));
        signal.throwIfAborted();
        return [];
      },
    });
    expect(await stopped.step()).toBe(2);
    expect((await look()).making).toEqual({ underWay: false, records: 0 });
    expect(await countReports(parts)).toBe(2);
  });

  test('asks for every report of the day in the quiet hours, and removes what nobody looks at', async () => {
    const { parts, look, settle } = await county();
    const run = counterOf(parts);
    await run.askForToday();
    expect(await countReports(parts)).toBe(0);
    await settle('2026-10-08T01:10:00.000Z');
    await run.askForToday();
    await run.askForToday();
    expect(await countReports(parts)).toBe(12);
    const today = { on: '2026-10-08' as const };
    expect((await look(today)).shown?.asOf).toBe('2026-10-08T01:10:00.000Z');
    await settle('2026-10-11T08:00:00.000Z');
    await run.clean();
    expect((await look({ ...today, name: 'flow' })).shown).toBeNull();
    expect((await look(today)).shown).not.toBeNull();
  });
});
