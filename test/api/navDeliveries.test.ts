import { beforeAll, describe, expect, test } from 'vitest';
import { nav } from '../../src/cli/nav.ts';
import type { Role } from '../../src/core/access/role.ts';
import { assignment, controlOf, grant, machine, person } from '../access/callers.ts';
import { type NavWorld, navWorld, YOUTHS } from '../console/navWorld.ts';
import { answer, delivery } from '../harness/navMonth.ts';
import { appOf, bodyOf } from './parts.ts';

let world: NavWorld;
beforeAll(async () => {
  world = await navWorld();
});
const as = (caller: Parameters<typeof controlOf>[0]) => {
  const { get, post } = appOf({ ...world.parts, access: controlOf(caller) });
  const at = `/organisations/${world.pipeline.org}`;
  return {
    get: (path: string) => get(`${at}/${path}`),
    post: (path: string, body: unknown) => post(`${at}/${path}`, body),
  };
};
const role = (name: Role) => as(person([assignment(name, world.pipeline.org)]));
const deliveries = async (name: Role) =>
  (await bodyOf(await role(name).get('nav/deliveries'))).deliveries as Record<string, unknown>[];
const one = async (name: Role, run: string) => (await deliveries(name)).find((each) => each.run === run);

describe('a delivery with a person NAV was not asked about', () => {
  const incident = { strangers: 1, at: '2027-01-04T08:00:00.000Z' };

  test.each(['personvern', 'drift', 'leder', 'nav'] as const)(
    'is seen by %s, with what to do',
    async (name) => {
      expect(await one(name, 'B-2027-01')).toMatchObject({
        ...{ batch: 'B-2027-01', state: 'held', reason: 'NAV_STRANGER', count: 1, incident },
        text: expect.stringContaining('1 rad gjelder personer NAV ikke er spurt om'),
        cure: expect.stringContaining('Personvernombudet avgjør om det er et avvik'),
      });
      const { batches } = await bodyOf(await role(name).get('nav/batches'));
      expect(batches[1].deliveries).toMatchObject([{ run: 'B-2027-01', incident }]);
    },
  );

  test('is seen by no adviser and no school, and by NAV only its own county', async () => {
    for (const name of ['radgiver', 'skole', 'inntak', 'fagopplaering'] as const)
      expect((await role(name).get('nav/deliveries')).status).toBe(403);
    const elsewhere = as(machine([grant('ot/nav.read', 'vestfoldfylke-no' as never)]));
    expect((await elsewhere.get('nav/deliveries')).status).toBe(403);
  });

  test('shows no person and nothing of what was answered', async () => {
    for (const name of ['personvern', 'drift'] as const) {
      const text = JSON.stringify(await deliveries(name));
      for (const { fodselsnummer } of YOUTHS) expect(text).not.toContain(fodselsnummer);
      for (const answered of ['4699', '4601', 'JA', await world.refOf(4)])
        expect(text).not.toContain(answered);
    }
  });

  test('is still seen by the officer when operations have put it aside', async () => {
    const own = await navWorld();
    const { org } = own.pipeline;
    const as = (name: Role) => appOf({ ...own.parts, access: controlOf(person([assignment(name, org)])) });
    const at = `/organisations/${org}`;
    const put = await as('drift').post(`${at}/lists/nav/B-2027-01/settle`, {
      reason: 'Ny kommer.',
      how: 'drop',
    });
    expect(put.status).toBe(200);
    const found = (await bodyOf(await as('personvern').get(`${at}/nav/deliveries`))).deliveries;
    expect(found.find(({ run }: { run: string }) => run === 'B-2027-01')).toMatchObject({
      ...{ state: 'dropped', reason: null, cure: null, incident },
    });
  });
});

test('the other months say what has become of them', async () => {
  expect((await deliveries('drift')).map(({ run, state, reason }) => [run, state, reason])).toEqual([
    ['B-2027-01', 'held', 'NAV_STRANGER'],
    ['B-2026-12', 'held', 'NAV_PARTIAL'],
    ['B-2026-11', 'concluded', null],
  ]);
});

describe('in a county of its own', () => {
  test('a delivery waits for an agreement, one repeats another, one is to a month without a list', async () => {
    const { stage, pipeline } = await navWorld();
    const { store, org } = pipeline;
    const agreement = (await store.agreements(org))[0];
    const [, second, third, fourth] = YOUTHS;
    // Whole at last, and once more.
    for (const letter of ['b', 'c']) {
      const all = [second, third, fourth].map((who) => answer('2026-12', who!, { letter }));
      await stage.rows('2027-02-06T08:00:00.000Z', 'nav-match', delivery('2026-12', all, letter));
    }
    const early = [answer('2026-09', second!)];
    await stage.rows('2027-02-07T08:00:00.000Z', 'nav-match', delivery('2026-09', early));
    const at = '2027-02-08T08:00:00.000Z';
    await store.revokeAgreement(org, agreement!.id, { at, by: 'l', reason: 'Sagt opp.' });
    const late = [second, third, fourth].map((who) => answer('2027-02', who!));
    await stage.rows('2027-02-09T08:00:00.000Z', 'nav-match', delivery('2027-02', late));
    const { body } = await stage.get('nav/deliveries');
    const shown = body.deliveries as Record<string, unknown>[];
    expect(
      shown.slice(0, 3).map(({ run, state, sameAs, incident }) => [run, state, sameAs, incident]),
    ).toEqual([
      ['B-2027-02', 'waits', null, null],
      ['B-2026-09', 'held', null, { strangers: 1, at: '2027-02-07T08:00:00.000Z' }],
      ['B-2026-12c', 'repeated', 'B-2026-12b', null],
    ]);
    expect(shown[0]).toMatchObject({ cure: expect.stringContaining('Registrer den nye avtalen') });
    const ask = async (path: string) => {
      const { status, body: value } = await stage.get(path.replace(`/organisations/${org}/`, ''));
      return { status, value };
    };
    const status = await nav.run(ask, ['status', org]);
    expect(status).toContain('  B-2027-02: Leveransen venter: Ingen avtale med NAV gjelder.');
    expect(status).toContain('    Gjør dette: Registrer den nye avtalen');
    expect(status).toContain('Leveranser til måneder uten liste:\n  B-2026-09: Leveransen er holdt tilbake');
  });
});
