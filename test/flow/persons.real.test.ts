import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout, P07 } from '../harness/schoolDropouts.ts';
import { testedVersions } from '../harness/sharedParts.ts';

type Person = ReturnType<typeof crowd>[number];

const P07F = { ...P07, fodselsnummer: '10900969967' };

describe.each(testedVersions())('numbers that change, on Kafka and PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version, county: '11' });
  });
  afterAll(() => pipeline?.stop());

  const change = (now: Person, was: Person, id: string) => ({
    id,
    type: 'nummerendring',
    fodselsnummer: now.fodselsnummer,
    tidligereNummer: was.fodselsnummer,
    dato: '2026-10-05',
  });
  const nonShow = (person: Person, id: string) => ({
    id,
    type: 'ikkemott',
    ...person,
    skolear: '2026-27',
    dato: '2026-08-17',
  });
  const contact = ({ fodselsnummer }: Person, id: string) => ({
    id,
    type: 'kontakt',
    kilde: 'ot:11201',
    fodselsnummer,
    dato: '2026-10-07',
    via: 'UNGDOM',
  });

  test('I05: OT has registered both numbers; they are merged, with a review, and one is left', async () => {
    await pipeline.submit('vigo-intake', [nonShow(P07, 'i-1')]);
    await pipeline.moveClock('2026-10-08T07:00:00.000Z');
    await pipeline.submit('school-dropout', [dropout(P07F, 's-1', { skolenummer: '11014' })]);
    const [stays, goes] = [await pipeline.refOf(P07.fodselsnummer), await pipeline.refOf(P07F.fodselsnummer)];
    expect(goes).not.toBe(stays);
    const raisedBefore = await raised('NY_TILMELDING');

    const receipt = await pipeline.submit('vigo-intake', [change(P07F, P07, 'n-1')]);
    expect(receipt.counts).toMatchObject({ applied: 1 });
    for (const { fodselsnummer } of [P07, P07F]) expect(await pipeline.refOf(fodselsnummer)).toBe(stays);
    expect(await pipeline.registrations(P07.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(await pipeline.openAlerts(P07F.fodselsnummer)).toContain('NUMRE_SLATT_SAMMEN');
    expect(await raised('NY_TILMELDING')).toBe(raisedBefore);

    // A consumer that kept the old reference is led to the youth, and the last record under it has no registrations.
    expect((await pipeline.json(`youths/${goes}`)).ref).toBe(stays);
    const { entries } = await pipeline.json(`youths/${goes}/history`);
    expect(entries.at(-1)).toMatchObject({
      what: 'MergedInto',
      codes: { slattSammenMed: stays },
      rule: 'I05',
    });
    const last = (await pipeline.out('ot-ungdom')).findLast(({ key }) => key === goes);
    expect(last?.decoded).toMatchObject({ registrations: [] });
    const open = new Map<unknown, unknown>();
    for (const { key, decoded } of await pipeline.out('alert'))
      if (key === goes) open.set(decoded.alertId, decoded.state);
    expect([...new Set(open.values())]).toEqual(['TRUKKET']);
  });

  test('I05: the old number is still good after a restart, for repeats and for new records', async () => {
    const before = await pipeline.youth(P07.fodselsnummer);
    await pipeline.restart();
    const again = await pipeline.submit('vigo-intake', [nonShow(P07, 'i-1'), change(P07F, P07, 'n-1')]);
    expect(again.counts).toMatchObject({ duplicate: 2 });
    expect(await pipeline.youth(P07F.fodselsnummer)).toEqual(before);
    await pipeline.submit('ot-adviser', [contact(P07, 'k-old')]);
    const { entries } = await pipeline.json(`youths/${before.ref}/history`);
    expect(entries.map(({ codes }: { codes: { hendelse?: string } }) => codes.hendelse)).toContain('Contact');
  });

  test('I05: a youth is not missing from the list that has the new number', async () => {
    const [was, now, ...others] = crowd(70, 14) as [Person, Person, ...Person[]];
    const night = async (people: readonly Person[]) => {
      expect((await pipeline.post('feeds/apprenticeship', contracts(people))).status).toBe(202);
      await pipeline.listsSettled();
    };
    await pipeline.moveClock('2026-10-09T01:00:00.000Z');
    await night([was, ...others]);
    await pipeline.submit('vigo-intake', [change(now, was, 'n-list')]);
    for (const day of ['10', '11', '12']) {
      await pipeline.moveClock(`2026-10-${day}T01:00:00.000Z`);
      await night([now, ...others]);
    }
    expect(await pipeline.openAlerts(now.fodselsnummer)).toEqual([]);
    const { entries } = await pipeline.json(`youths/${await pipeline.refOf(was.fodselsnummer)}/history`);
    const history = entries.map(({ codes }: { codes: { hendelse?: string } }) => codes.hendelse);
    expect(history).not.toContain('Absent');
  });

  test('Y02: numbers change while four feeds report both: each person ends as one, with all of it', async () => {
    const people = crowd(71, 60);
    const pairs = Array.from(
      { length: 20 },
      (_, i) => people.slice(3 * i, 3 * i + 3) as [Person, Person, Person],
    );
    await Promise.all([
      pipeline.send(
        'school-dropout',
        pairs.map(([a], i) => dropout(a, `race-${i}`, { skolenummer: '11014' })),
      ),
      pipeline.send(
        'vigo-intake',
        pairs.map(([, b], i) => nonShow(b, `race-${i}`)),
      ),
      pipeline.send(
        'ot-adviser',
        pairs.map(([, , c], i) => contact(c, `race-${i}`)),
      ),
      pipeline.send(
        'folkeregister',
        pairs.map(([a, b], i) => change(b, a, `race-ab-${i}`)),
      ),
      pipeline.send(
        'vigo-intake',
        pairs.map(([, b, c], i) => change(c, b, `race-bc-${i}`)),
      ),
    ]);
    await pipeline.settle();
    for (const [a, b, c] of pairs) {
      const ref = await pipeline.refOf(a.fodselsnummer);
      for (const { fodselsnummer } of [b, c]) expect(await pipeline.refOf(fodselsnummer)).toBe(ref);
      expect(await pipeline.registrations(c.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
      const { entries } = await pipeline.json(`youths/${ref}/history`);
      const facts = entries.flatMap(({ codes }: { codes: { hendelse?: string } }) => codes.hendelse ?? []);
      expect(new Set(facts)).toEqual(new Set(['Left', 'NoShow', 'Contact', 'Renumbered']));
    }
    const { items } = await pipeline.json('parked');
    expect(items).toEqual([]);
    // Of each alert the last word in Kafka is what the database says, also under the references that went.
    const latest = new Map<string, string>();
    for (const { decoded } of await pipeline.out('alert'))
      latest.set(String(decoded.alertId), `${decoded.ref} ${decoded.kind} ${decoded.state}`);
    const refs = new Set<string>();
    const stored: string[] = [];
    for (const [a] of pairs) {
      const { ref, alerts } = await pipeline.youth(a.fodselsnummer);
      refs.add(ref);
      for (const { kind } of alerts) stored.push(`${ref} ${kind}`);
    }
    const mine = new Set<string>();
    for (const ref of new Set([...latest.values()].map((line) => line.slice(0, 36))))
      if (refs.has((await pipeline.json(`youths/${ref}`)).ref)) mine.add(ref);
    // How many records came under a reference that went depends on which feed is read first.
    expect(mine.size).toBeGreaterThanOrEqual(refs.size);
    const open = [...latest.values()].flatMap((line) => {
      const [ref = '', kind, state] = line.split(' ');
      return state === 'TRUKKET' || !mine.has(ref) ? [] : [`${ref} ${kind}`];
    });
    expect(open.sort()).toEqual(stored.sort());
  });

  test('E01: a change that is read before the records of either number ends as if it had come after them', async () => {
    const [was, now, old, fresh] = crowd(73, 4) as [Person, Person, Person, Person];
    // Its moment is later than theirs, and it is read first: another lane is behind.
    await pipeline.moveClock('2026-10-20T07:00:00.000Z');
    await pipeline.send('folkeregister', [change(now, was, 'e-1'), change(fresh, old, 'e-2')]);
    const refs = await Promise.all([was, now, old, fresh].map((one) => pipeline.refOf(one.fodselsnummer)));
    expect(refs[0]).toBe(refs[1]);
    expect(refs[2]).toBe(refs[3]);
    const late = '2026-10-19T07:00:00.000Z';
    await pipeline.send('vigo-intake', [nonShow(was, 'e-3'), nonShow(old, 'e-4')], { at: late });
    expect(await pipeline.openAlerts(was.fodselsnummer)).toEqual(['NY_TILMELDING']);
    await pipeline.send('school-dropout', [dropout(now, 'e-5', { skolenummer: '11014' })], { at: late });
    await pipeline.moveClock('2026-10-21T07:00:00.000Z');
    await pipeline.send('school-dropout', [dropout(fresh, 'e-6', { skolenummer: '11014' })]);
    for (const { fodselsnummer } of [was, now]) {
      expect(await pipeline.refOf(fodselsnummer)).toBe(refs[0]);
      expect(await pipeline.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
      expect(await pipeline.openAlerts(fodselsnummer)).toContain('NUMRE_SLATT_SAMMEN');
    }
    // What came after the change is the one person's.
    expect(await pipeline.openAlerts(old.fodselsnummer)).not.toContain('NUMRE_SLATT_SAMMEN');
    expect(await pipeline.refOf(old.fodselsnummer)).toBe(refs[2]);
  });

  test('E01: with the vault kept and all else lost, the topics read again leave the same references', async () => {
    const people = crowd(71, 60).concat(crowd(73, 4), P07, P07F);
    const state = () =>
      Promise.all(
        people.map(async ({ fodselsnummer }) => {
          const { ref, registrations, alerts } = await pipeline.youth(fodselsnummer);
          return { ref, registrations, alerts };
        }),
      );
    const before = await state();
    await pipeline.readAgain();
    expect(await state()).toEqual(before);
  });

  test('Y03: neither a number nor a name leaves in a message, a log line or a view', async () => {
    const [twin] = crowd(72, 1) as [Person];
    await pipeline.submit('school-dropout', [
      dropout(twin, 'y-1', { skolenummer: '11014', fornavn: 'Rimelig', etternavn: 'Ravnefjell' }),
      dropout(twin, 'y-2', { skolenummer: '11014', navn: 'Urimelig Ravnefjell' }),
    ]);
    expect(await pipeline.openAlerts(twin.fodselsnummer)).toContain('NAVN_AVVIK');
    const out = (
      await Promise.all((['alert', 'status', 'ot-ungdom'] as const).map((topic) => pipeline.out(topic)))
    ).flat();
    const { ref } = await pipeline.youth(twin.fodselsnummer);
    const shown = JSON.stringify([
      out.map(({ decoded, headers, key }) => [decoded, headers, key]),
      pipeline.logLines,
      await pipeline.json(`youths/${ref}/history`),
    ]);
    for (const secret of [
      /ravnefjell/i,
      /rimelig/i,
      P07.fodselsnummer,
      P07F.fodselsnummer,
      twin.fodselsnummer,
    ])
      expect(shown).not.toMatch(secret);
  });

  async function raised(kind: string): Promise<number> {
    const alerts = await pipeline.out('alert');
    return alerts.filter(({ decoded }) => decoded.kind === kind && decoded.state === 'REIST').length;
  }
});

/** VIGO's whole list of active contracts. */
function contracts(people: readonly Person[]): Record<string, unknown> {
  return {
    errorMessage: '',
    antall: people.length,
    kontrakter: people.map(({ fodselsnummer, fodselsdato }) => ({
      elev: { fnr: fodselsnummer, fdato: fodselsdato.split('-').reverse().join('.') },
      bnr: '987654321',
      start: '15.08.2025',
      slutt: '14.08.2027',
    })),
  };
}
