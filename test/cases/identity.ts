import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { dropout, renumbered } from '../harness/feedRecords.ts';
import { leaves, P01, TELEMARK } from '../harness/leaver.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { type Stage, stageOver } from '../harness/stage.ts';

const LEAVES = '2026-10-07T07:12:00.000Z';
const LATER = '2026-10-08T07:12:00.000Z';
const P07 = person('P07');
const P07F = person('P07f');

const identity = async (stage: Stage, number: string, purpose: unknown = 'KONTAKT') =>
  stage.post(`youths/${await stage.ref(number)}/identity`, { purpose });
const lookups = async (stage: Stage, number: string) =>
  (await stage.get(`youths/${await stage.ref(number)}/identity-lookups`)).body.lookups as object[];
const named = (fields: object) => ({ fornavn: 'Aktsom', etternavn: 'Fjellrev', ...fields });

/** D1: from a reference to a person. D9: alerts of different youths. */
export const IDENTITY: Scenarios = {
  'case D1: a reference leads to the number and the name as last reported, and the lookup is on record':
    staged(TELEMARK, async (stage) => {
      await stage.send(LEAVES, 'school-dropout', dropout(P01, '2026-10-06', named({})));
      const given = await identity(stage, P01.fodselsnummer);
      expect(given).toMatchObject({
        status: 200,
        body: { fodselsnummer: P01.fodselsnummer, navn: 'Aktsom Fjellrev', andreNumre: 0 },
      });
      expect(await lookups(stage, P01.fodselsnummer)).toEqual([
        expect.objectContaining({ who: 'loopback', purpose: 'KONTAKT', outcome: 'GITT', list: null }),
      ]);
      const notes = JSON.stringify(await stage.get(`youths/${await stage.ref(P01.fodselsnummer)}`));
      expect(notes).not.toMatch(/Fjellrev|14830989960/);
    }),

  'case D1: a purpose that is not in the list is refused, and the list is named': staged(
    TELEMARK,
    async (stage) => {
      await leaves(stage);
      const refused = await identity(stage, P01.fodselsnummer, 'NYSGJERRIG');
      expect(refused.status).toBe(400);
      expect(await lookups(stage, P01.fodselsnummer)).toEqual([]);
    },
  ),

  'case D1: kode 6, 7 and 4 are refused with the reason, and the try is on record': staged(
    TELEMARK,
    async (stage) => {
      const people = crowd(3, 3);
      const grades = ['STRENGT_FORTROLIG', 'FORTROLIG', 'KLIENTADRESSE'];
      await stage.send(
        LEAVES,
        'school-dropout',
        ...people.map((each) => dropout(each, '2026-10-06', named({}))),
      );
      await stage.send(
        LATER,
        'folkeregister',
        ...people.map((each, at) => ({
          id: `vern-${at}`,
          version: 1,
          type: 'adressebeskyttelse',
          ...each,
          dato: '2026-10-08',
          gradering: grades[at],
        })),
      );
      for (const { fodselsnummer } of people) {
        const { status, body } = await identity(stage, fodselsnummer);
        expect(status).toBe(403);
        expect(JSON.stringify(body)).toMatch(/gradert/);
        expect(JSON.stringify(body)).not.toMatch(new RegExp(`Fjellrev|${fodselsnummer}`));
        expect(await lookups(stage, fodselsnummer)).toEqual([expect.objectContaining({ outcome: 'AVVIST' })]);
      }
      const refs = await Promise.all(people.map(({ fodselsnummer }) => stage.ref(fodselsnummer)));
      const { body } = await stage.post('identities', { purpose: 'BREV', refs });
      expect(body.people).toEqual([]);
      expect(body.refused).toHaveLength(3);
    },
  ),

  'case D1: an identity is not given out while records about the youth wait, for one of them may hide the address':
    async () => {
      const pipeline = await createTestPipeline({ county: '40' });
      const stage = stageOver(pipeline, '2026-08-01T06:00:00.000Z');
      await stage.send(LEAVES, 'school-dropout', dropout(P01, '2026-10-06', named({})));
      const ref = await stage.ref(P01.fodselsnummer);
      await pipeline.breakYouth(ref);
      const protection = { type: 'adressebeskyttelse', dato: '2026-10-08', gradering: 'STRENGT_FORTROLIG' };
      await stage.send(LATER, 'folkeregister', { id: 'vern-1', version: 1, ...protection, ...P01 });
      const { status, body } = await identity(stage, P01.fodselsnummer);
      expect(status).toBe(409);
      expect(body.detail).toMatch(/venter/);
      const listed = (await stage.post('identities', { purpose: 'BREV', refs: [ref] })).body;
      expect(listed).toMatchObject({ people: [], refused: [{ ref, rule: null }] });
      const tries = await lookups(stage, P01.fodselsnummer);
      expect(tries).toMatchObject([{ outcome: 'AVVIST' }, { outcome: 'AVVIST' }]);
    },

  'case D1: every person in a worklist or a letter is looked up page by page, each on record with the list':
    staged(TELEMARK, async (stage) => {
      const people = crowd(5, 4);
      await stage.send(LEAVES, 'school-dropout', ...people.map((each) => dropout(each, '2026-10-06')));
      const listed = { purpose: 'BREV', letter: { id: 'W24', schoolYear: '2026-27' } };
      const first = await stage.post('identities', { ...listed, limit: 3 });
      const rest = await stage.post('identities', { ...listed, limit: 3, after: first.body.next });
      const all = [first, rest].flatMap(({ body }) => body.people as { fodselsnummer: string }[]);
      expect(first.body.next).not.toBeNull();
      expect(rest.body.next).toBeNull();
      expect(all.map(({ fodselsnummer }) => fodselsnummer).sort()).toEqual(
        people.map(({ fodselsnummer }) => fodselsnummer).sort(),
      );
      const [one] = people;
      expect(await lookups(stage, one?.fodselsnummer ?? '')).toEqual([
        expect.objectContaining({ purpose: 'BREV', list: 'W24 2026-27' }),
      ]);
      const worklist = { purpose: 'KONTAKT', worklist: { id: 'no-contact' } };
      expect((await stage.post('identities', worklist)).body.people).toHaveLength(4);
      expect((await stage.post('identities', { ...worklist, owner: '40299' })).body.people).toEqual([]);
      const refs = [randomUUID()];
      const both = await stage.post('identities', { purpose: 'KONTAKT', refs, owner: '40200' });
      expect(both.status).toBe(400);
    }),

  'case D1: of two numbers the one that took the other’s place is given, whichever the reference came from':
    staged({ county: '11' }, async (stage) => {
      await stage.send(LEAVES, 'school-dropout', dropout(P07, '2026-10-06', { skolenummer: '11014' }));
      await stage.send(LATER, 'vigo-intake', renumbered(P07F, P07, '2026-10-08'));
      for (const { fodselsnummer } of [P07, P07F]) {
        expect((await identity(stage, fodselsnummer)).body).toMatchObject({
          fodselsnummer: P07F.fodselsnummer,
          andreNumre: 1,
        });
      }
    }),

  'case D1: a name that deviates and is not reviewed is not given out as the youth’s': staged(
    TELEMARK,
    async (stage) => {
      await stage.send(LEAVES, 'school-dropout', dropout(P01, '2026-10-06', named({})));
      const other = named({ fornavn: 'Blid', etternavn: 'Trollhegg', skolenummer: '40022' });
      await stage.send(LATER, 'school-dropout', dropout(P01, '2026-10-07', other));
      expect(await stage.open(P01.fodselsnummer)).toContain('NAVN_AVVIK');
      expect((await identity(stage, P01.fodselsnummer)).body.navn).toBe('Aktsom Fjellrev');
    },
  ),

  'case D1: a county that keeps no names gives the number alone': staged(
    { ...TELEMARK, policy: { keepNames: false } },
    async (stage) => {
      await stage.send(LEAVES, 'school-dropout', dropout(P01, '2026-10-06', named({})));
      expect((await identity(stage, P01.fodselsnummer)).body).toMatchObject({
        fodselsnummer: P01.fodselsnummer,
        navn: null,
      });
    },
  ),

  'case D9: no two alerts of different youths have one id, which is the one on the topic and an address':
    staged(TELEMARK, async (stage) => {
      const people = crowd(7, 6);
      await stage.send(LEAVES, 'school-dropout', ...people.map((each) => dropout(each, '2026-10-06')));
      const { alerts } = (await stage.get('alerts')).body as {
        alerts: { ref: string; alert: { id: string } }[];
      };
      const ids = alerts.map(({ alert }) => alert.id);
      expect(new Set(ids).size).toBe(6);
      expect((await stage.out('alert')).map(({ alertId }) => alertId).sort()).toEqual(ids.toSorted());
      for (const shown of alerts) {
        expect((await stage.get(`alerts/${shown.alert.id}`)).body).toEqual(shown);
        const { body } = await stage.get(`youths/${shown.ref}`);
        expect((body.alerts as { id: string }[]).map(({ id }) => id)).toEqual([shown.alert.id]);
      }
      const stranger = `${ids[0]?.slice(0, 16)}-00000000-0000-4000-8000-000000000000`;
      for (const id of [stranger, '1', P01.fodselsnummer])
        expect((await stage.get(`alerts/${id}`)).status).toBe(404);
    }),

  'case D9: an alert that was withdrawn is found by its id and says so': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    const { id } = await stage.alert(P01.fodselsnummer, 'NY_TILMELDING');
    const address = `alerts/${id.length > 16 ? id : `${id}-${await stage.ref(P01.fodselsnummer)}`}`;
    expect((await stage.get(address)).body).toMatchObject({ alert: { state: 'open' } });
    await stage.send(LATER, 'school-dropout', {
      id: 'annullering-1',
      version: 1,
      type: 'annullering',
      ...P01,
      skolenummer: '40014',
      annullerer: 'avbrudd-1',
    });
    expect(await stage.open(P01.fodselsnummer)).toEqual([]);
    expect((await stage.get(address)).body).toMatchObject({ alert: { state: 'withdrawn' } });
  }),

  'case D9: the alerts of a youth in hiding are in no unit’s list and say no place, withdrawn ones and those of a number merged away too':
    staged(TELEMARK, async (stage) => {
      const [alone, was, now] = crowd(9, 3) as [Person, Person, Person];
      for (const each of [alone, was, now])
        await stage.send(
          LEAVES,
          'school-dropout',
          dropout(each, '2026-10-06', { id: each.fodselsnummer.slice(0, 4) }),
        );
      const shown = async (owner = '') =>
        ((await stage.get(`alerts${owner}`)).body.alerts as { alert: object }[]).map(({ alert }) => alert);
      expect(await shown('?owner=40200')).toHaveLength(3);
      await stage.send(LATER, 'vigo-intake', renumbered(now, was, '2026-10-08'));
      const protection = { type: 'adressebeskyttelse', dato: '2026-10-08', gradering: 'STRENGT_FORTROLIG' };
      for (const [at, each] of [alone, was].entries())
        await stage.send(LATER, 'folkeregister', { id: `vern-${at}`, version: 1, ...protection, ...each });
      expect(await shown('?owner=40200')).toEqual([]);
      const all = await shown();
      expect(all.map((alert) => 'state' in alert && alert.state)).toContain('withdrawn');
      for (const alert of all) expect(alert).toMatchObject({ owner: null, county: null, toCounty: null });
      const { id } = await stage.alert(alone.fodselsnummer, 'NY_TILMELDING');
      const one = await stage.get(`alerts/${id}-${await stage.ref(alone.fodselsnummer)}`);
      expect(one.body).toMatchObject({ alert: { state: 'open', owner: null } });
    }),

  'case D9: alerts come page by page from a place that new ones do not move, by state and by unit': staged(
    TELEMARK,
    async (stage) => {
      const people = crowd(8, 5);
      await stage.send(LEAVES, 'school-dropout', ...people.map((each) => dropout(each, '2026-10-06')));
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const { body } = await stage.get(`alerts?limit=2&state=open&owner=40200${after}`);
        const page = body as { alerts: { ref: string }[]; next: string | null };
        seen.push(...page.alerts.map(({ ref }) => ref));
        if (page.next === null) break;
        after = `&after=${page.next}`;
        const [newcomer] = crowd(20 + seen.length, 1);
        if (newcomer === undefined) throw new Error('no such youth');
        await stage.send(LATER, 'school-dropout', dropout(newcomer, '2026-10-06'));
      }
      const refs = await Promise.all(people.map(({ fodselsnummer }) => stage.ref(fodselsnummer)));
      expect(seen.toSorted()).toEqual(refs.toSorted());
      expect((await stage.get('alerts?owner=40299')).body.alerts).toEqual([]);
      expect((await stage.get('alerts?after=her')).status).toBe(400);
    },
  ),
};
