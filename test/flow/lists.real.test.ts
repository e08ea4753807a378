import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropout } from '../harness/feedRecords.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, P10 } from '../harness/schoolDropouts.ts';
import { testedVersions } from '../harness/sharedParts.ts';

type Person = ReturnType<typeof crowd>[number];

/** Longer than the bridge waits between two looks at its lists. */
const A_LOOK_MS = 1_300;

describe.each(testedVersions())('lists on Kafka and PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version, clock: '2026-10-05T05:00:00.000Z' });
  });
  afterAll(() => pipeline?.stop());

  const apprentices = [P10, ...crowd(20, 14)];
  const night = async (people: readonly Person[], changes: Record<string, unknown> = {}) => {
    const answer = await pipeline.post('feeds/apprenticeship', { ...contracts(people), ...changes });
    await pipeline.listsSettled();
    return answer;
  };
  const alarms = () => pipeline.logLines.filter((line) => line.includes('operational.alert'));

  test('F03: a full list is taken, with fields that VIGO has added since', async () => {
    expect((await night(apprentices)).status).toBe(202);
    expect((await pipeline.youth(P10.fodselsnummer)).registrations).toEqual([]);
  });

  test('F03: a list with a wrong count or an error message is refused whole and concludes nothing', async () => {
    await pipeline.moveClock('2026-10-06T05:00:00.000Z');
    for (const changes of [{ antall: 15 }, { errorMessage: 'Databasen svarer ikke' }]) {
      const answer = await night(apprentices.slice(1), changes);
      expect(answer.status).toBe(422);
      const problem = JSON.parse(await answer.text());
      expect(problem.problems[0].code).toBe('INCOMPLETE_LIST');
      expect(JSON.stringify(problem)).not.toContain('Databasen svarer');
    }
  });

  test('F03: a complete list that has shrunk beyond belief is held, and an alert is raised', async () => {
    expect((await night(apprentices.slice(12))).status).toBe(202);
    expect(alarms().at(-1)).toContain('LIST_SHRUNK');
    for (const { fodselsnummer } of apprentices) expect(await pipeline.openAlerts(fodselsnummer)).toEqual([]);
  });

  test('F03: one absence is silent, the second in a row is a review and never a tilmelding', async () => {
    await pipeline.moveClock('2026-10-07T05:00:00.000Z');
    await night(apprentices.slice(1));
    expect(await pipeline.openAlerts(P10.fodselsnummer)).toEqual([]);
    await pipeline.moveClock('2026-10-08T05:00:00.000Z');
    await night(apprentices.slice(1));
    expect(await pipeline.openAlerts(P10.fodselsnummer)).toEqual(['MULIG_HEVING']);
    await pipeline.moveClock('2026-10-09T05:00:00.000Z');
    await night(apprentices.slice(1));
    const raised = (await pipeline.out('alert')).map(({ decoded }) => `${decoded.state} ${decoded.kind}`);
    expect(raised).toEqual(['REIST MULIG_HEVING']);
    expect(await pipeline.registrations(P10.fodselsnummer)).toEqual([]);
  });

  test('case C6: on real parts too a held list answers its sender, and a person’s word concludes it', async () => {
    await pipeline.moveClock('2026-10-09T12:00:00.000Z');
    const answer = await pipeline.post('feeds/apprenticeship', contracts(apprentices.slice(12)));
    const { receiptId } = JSON.parse(await answer.text());
    await pipeline.listsSettled();
    const { text, lists } = await pipeline.receipt(receiptId);
    expect(text).toContain('Listen er holdt tilbake: 11 som sto i forrige liste, mangler i denne.');
    const [{ list, run, state }] = lists;
    expect(state).toBe('held');
    const said = await pipeline.post(`lists/${list}/${run}/confirm`, { reason: 'Bedriften er lagt ned.' });
    expect(said.status).toBe(200);
    await pipeline.listsSettled();
    expect(await pipeline.json(`lists/${list}/${run}`)).toMatchObject({
      ...{ state: 'concluded', affected: 11, acts: [{ act: 'confirm', who: 'loopback' }] },
    });
  });

  test('case C4, C5: doubles and a broken row keep no absence from being reported, over a restart', async () => {
    await pipeline.moveClock('2026-10-09T18:00:00.000Z');
    const [, , , , , , , , , , , , first, second, third] = apprentices as [Person, ...Person[]];
    if (!first || !second || !third) throw new Error('too few');
    const { kontrakter } = contracts([second, third, third]);
    const broken = { ...kontrakter[0], bnr: '12' };
    for (const restart of [true, false]) {
      const rows = [...kontrakter.slice(1), broken];
      const answer = await pipeline.post('feeds/apprenticeship', {
        ...{ errorMessage: '', antall: rows.length, kontrakter: rows },
      });
      expect(answer.status).toBe(202);
      if (restart) await pipeline.restart();
      await pipeline.listsSettled();
      await pipeline.moveClock('2026-10-09T20:00:00.000Z');
    }
    expect(await pipeline.openAlerts(first.fodselsnummer)).toEqual(['MULIG_HEVING']);
    expect(await pipeline.openAlerts(second.fodselsnummer)).toEqual([]);
    expect(await pipeline.openAlerts(third.fodselsnummer)).toEqual([]);
  });

  /** What is open of NAV's answers: all of them have left school as well. */
  const told = async ({ fodselsnummer }: Person) =>
    (await pipeline.openAlerts(fodselsnummer)).filter((kind) => kind === 'KJENT_HOS_NAV');
  const [both, noB, noA, waiting, never] = crowd(30, 5) as [Person, Person, Person, Person, Person];

  test('N04: of a delivery that lacks rows nothing is used', async () => {
    await pipeline.moveClock('2026-10-10T08:00:00.000Z');
    await pipeline.submit('consent', [
      ...consents(both, 'SAMTYKKET', 'SAMTYKKET'),
      ...consents(noB, 'SAMTYKKET', 'IKKE_SAMTYKKET'),
      ...consents(noA, 'IKKE_SAMTYKKET', 'SAMTYKKET'),
      ...consents(waiting, 'VENTER_PAA_SVAR', 'SAMTYKKET'),
    ]);
    const left = [both, noB, noA, waiting].map((who) => dropout(who, '2026-10-09', { skolenummer: '40014' }));
    await pipeline.submit('school-dropout', left);
    await pipeline.moveClock('2026-11-03T08:00:00.000Z');
    await pipeline.extract('2026-11');
    await pipeline.submit('nav-match', [
      { type: 'manifest', batchId: 'B-2026-11', maaned: '2026-11', antall: 2 },
      answer('2026-11', both, '1201'),
    ]);
    await sleep(A_LOOK_MS);
    await pipeline.settle();
    for (const person of [both, noB]) expect(await told(person)).toEqual([]);
  });

  test('N01, N07: complete, it alerts of the one youth with both consents, and of no other', async () => {
    // Of the four NAV is asked about two: the others have not let OT ask.
    expect(await pipeline.json('nav/batches/B-2026-11')).toMatchObject({ rows: 2 });
    await pipeline.submit('nav-match', answer('2026-11', noB, '1202'));
    await pipeline.listsSettled();
    expect(await told(both)).toEqual(['KJENT_HOS_NAV']);
    for (const person of [noB, noA, waiting]) expect(await told(person)).toEqual([]);
    const matches = (await pipeline.out('alert')).filter(({ decoded }) => decoded.kind === 'KJENT_HOS_NAV');
    expect(matches.map(({ decoded }) => [decoded.state, decoded.office])).toEqual([['REIST', '1201']]);
    const { navOffice, ...card } = await pipeline.youth(both.fodselsnummer);
    expect(navOffice).toBe('1201');
    const shown = JSON.stringify([
      card,
      await pipeline.json('alerts'),
      await pipeline.json(`youths/${await pipeline.refOf(noB.fodselsnummer)}/history`),
    ]);
    expect(shown).not.toMatch(/"120[1-4]"/);
    expect(shown).toContain('WithheldForConsent');
  });

  test('N03: the same answers in a second delivery raise no alert', async () => {
    const people = [both, noB];
    await pipeline.submit('nav-match', [
      { type: 'manifest', batchId: 'B-2026-11b', maaned: '2026-11', antall: 2 },
      ...people.map((person, at) => answer('2026-11', person, `120${at + 1}`, 'b')),
    ]);
    await pipeline.listsSettled();
    const matches = (await pipeline.out('alert')).filter(({ decoded }) => decoded.kind === 'KJENT_HOS_NAV');
    expect(matches).toHaveLength(1);
  });

  test('N05: a stranger in the answer holds the whole delivery, and the stranger is not made known by it', async () => {
    await pipeline.moveClock('2026-12-02T08:00:00.000Z');
    await pipeline.extract('2026-12');
    await pipeline.submit('nav-match', [
      { type: 'manifest', batchId: 'B-2026-12', maaned: '2026-12', antall: 2 },
      answer('2026-12', both, '1299'),
      answer('2026-12', never, '1298'),
    ]);
    await pipeline.listsSettled();
    expect(alarms().at(-1)).toContain('NAV_STRANGER');
    const matches = (await pipeline.out('alert')).filter(({ decoded }) => decoded.kind === 'KJENT_HOS_NAV');
    expect(matches).toHaveLength(1);
    const search = await pipeline.post('youths/search', { fodselsnummer: never.fodselsnummer });
    expect(search.status).toBe(404);
  });

  test('N02: a consent withdrawn takes the alert back, without the office', async () => {
    await pipeline.submit('consent', consents(both, 'TRUKKET', null, '2026-12-02T09:00:00+01:00'));
    expect(await told(both)).toEqual([]);
    const last = (await pipeline.out('alert', both.fodselsnummer)).at(-1);
    expect(last?.decoded).toMatchObject({ kind: 'KJENT_HOS_NAV', state: 'TRUKKET', office: null });
  });
});

/** VIGO's list of active contracts, with a field VIGO did not have before. */
function contracts(people: readonly Person[]) {
  const kontrakter = people.map(({ fodselsnummer, fodselsdato }) => ({
    elev: {
      fornavn: 'SYNTETISK',
      etternavn: 'UNGDOM',
      fdato: fodselsdato.split('-').reverse().join('.'),
      fnr: fodselsnummer,
    },
    type: 'L',
    bnr: '987654321',
    bedrnavn: 'Eksempel Bygg AS',
    start: '15.08.2025',
    slutt: '10.12.2027',
    nyttFelt: 'noe',
  }));
  return { errorMessage: '', antall: kontrakter.length, kontrakter };
}

function answer(maaned: string, { fodselsnummer }: Person, kontor: string, delivery = '') {
  const id = `m-${kontor}`;
  const batchId = `B-${maaned}${delivery}`;
  return { type: 'svar', batchId, maaned, id, fodselsnummer, registrert: 'JA', kontor };
}

function consents(person: Person, a: string, b: string | null, tidspunkt = '2026-10-01T10:00:00+02:00') {
  const sides = [['A', a] as const, ...(b === null ? [] : [['B', b] as const])];
  return sides.map(([side, tilstand]) => ({
    ...person,
    side,
    part: 'UNGDOM',
    tilstand,
    tidspunkt,
    rettsgrunnlag: 'SAMTYKKE',
    kilde: 'ot:40201',
  }));
}
