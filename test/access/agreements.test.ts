import { describe, expect, test } from 'vitest';
import { nav } from '../../src/cli/nav.ts';
import type { PersonKey, PersonPrincipal } from '../../src/core/access/principal.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { appOf, bodyOf, problemOf, testParts } from '../api/parts.ts';
import { assignment, controlOf, grant, machine, person } from './callers.ts';
import { OTHER, OWN } from './world.ts';

const named = (letter: string, ...roles: Parameters<typeof assignment>[0][]): PersonPrincipal => {
  const key = letter.repeat(64) as PersonKey;
  return {
    ...person(roles.map((role) => assignment(role, OWN))),
    ...{ person: key, key, name: letter.repeat(12) },
  };
};
const [leder, other, officer, second] = [
  ...[named('1', 'leder'), named('2', 'leder'), named('3', 'personvern'), named('4', 'personvern')],
] as const;
const TERMS = {
  ...{ party: '889640782', purpose: 'NAV_UTVEKSLING', legalBasis: 'SAMTYKKE', reference: '24/01234' },
  ...{ from: '2026-10-01', to: '2029-09-30', reason: 'Avtalen fornyes hvert tredje år.' },
};

function setUp() {
  const parts = testParts({
    organisations: [
      { id: OWN, county: countyNumber('40'), virtualClock: false },
      { id: OTHER, county: countyNumber('39'), virtualClock: false },
    ],
  });
  const by = (principal: Parameters<typeof controlOf>[0]) => {
    const { get, post } = appOf({ ...parts, access: controlOf(principal) });
    const at = `/organisations/${OWN}/nav/agreements`;
    return {
      async act(path: string, content: unknown = {}) {
        const response = await post(`${at}${path}`, content);
        return response.ok ? bodyOf(response) : { refused: (await problemOf(response)).type.slice(14) };
      },
      list: async () => bodyOf(await get(at)),
      async ask(path: string, content?: unknown) {
        const answer = await (content === undefined ? get(path) : post(path, content));
        return { status: answer.status, value: await answer.json() };
      },
    };
  };
  return { by, parts };
}

describe('an agreement with NAV', () => {
  test('that a leader registers takes effect when the data protection officer approves it, and not before', async () => {
    const { by, parts } = setUp();
    const { id, state, text } = await by(leder).act('', TERMS);
    expect([state, text]).toEqual(['waits', expect.stringContaining('Personvernombudet må godkjenne')]);
    expect(await parts.memory.agreements(OWN)).toEqual([]);
    for (const each of [leder, other])
      expect(await by(each).act(`/${id}/approve`)).toEqual({ refused: 'AGREEMENT_NEEDS_ANOTHER' });
    const { proposals, agreements } = await by(officer).list();
    expect(agreements).toEqual([]);
    expect(proposals).toEqual([
      { id, ...TERMS, proposedBy: leder.name, byOfficer: false, proposed: expect.any(String) },
    ]);
    expect((await by(officer).act(`/${id}/approve`)).state).toBe('registered');
    expect((await by(leder).list()).agreements).toEqual([
      { id, ...TERMS, registeredBy: leder.name, approvedBy: officer.name, revoked: null, inForce: true },
    ]);
    expect(await by(officer).act(`/${id}/approve`)).toEqual({ refused: 'UNKNOWN_AGREEMENT' });
    expect(parts.logged).toMatchObject(
      ['propose', 'approve'].map((act) => ({ event: 'agreementActed', org: OWN, act, access: id })),
    );
  });

  test.each([
    ['a leader', leder],
    ['another officer', second],
  ])('that the officer registers is approved by %s, and never by the officer', async (_who, approver) => {
    const { by } = setUp();
    const { id } = await by(officer).act('', TERMS);
    expect(await by(officer).act(`/${id}/approve`)).toEqual({ refused: 'AGREEMENT_NEEDS_ANOTHER' });
    expect((await by(approver).act(`/${id}/approve`)).state).toBe('registered');
  });

  test('needs two persons also where one has both roles', async () => {
    const { by } = setUp();
    const both = named('5', 'leder', 'personvern');
    const { id } = await by(both).act('', TERMS);
    expect(await by(both).act(`/${id}/approve`)).toEqual({ refused: 'AGREEMENT_NEEDS_ANOTHER' });
    expect((await by(leder).act(`/${id}/approve`)).state).toBe('registered');
  });

  test('that is turned down, or taken back, is gone', async () => {
    const { by, parts } = setUp();
    for (const who of [officer, leder]) {
      const { id } = await by(leder).act('', TERMS);
      expect((await by(who).act(`/${id}/turn-down`)).state).toBe('turned-down');
      expect(await by(officer).act(`/${id}/approve`)).toEqual({ refused: 'UNKNOWN_AGREEMENT' });
    }
    expect(await parts.memory.agreements(OWN)).toEqual([]);
  });

  test('is revoked by one person', async () => {
    const { by } = setUp();
    const { id } = await by(leder).act('', TERMS);
    await by(officer).act(`/${id}/approve`);
    expect((await by(leder).act(`/${id}/revoke`, { reason: 'Sagt opp av NAV.' })).state).toBe('revoked');
    expect((await by(leder).list()).agreements).toMatchObject([{ inForce: false }]);
  });

  test('that waits is not shown to NAV, its contact or its system', async () => {
    const { by } = setUp();
    await by(leder).act('', TERMS);
    for (const who of [named('6', 'nav'), machine([grant('ot/nav.read', OWN)])])
      expect(await by(who).list()).toEqual({ agreements: [], proposals: [] });
    expect((await by(named('7', 'drift')).list()).proposals).toHaveLength(1);
  });

  test('with a wrong period is refused with the field and the cure', async () => {
    const { parts } = setUp();
    const { post } = appOf({ ...parts, access: controlOf(leder) });
    for (const to of ['2026-09-30', '2026-10-06']) {
      const refused = await post(`/organisations/${OWN}/nav/agreements`, { ...TERMS, to });
      expect((await problemOf(refused)).problems).toMatchObject([{ field: 'to', cure: expect.any(String) }]);
    }
    expect(await parts.memory.agreementProposals(OWN)).toEqual([]);
  });

  test('is registered, approved and turned down from the command line', async () => {
    const { by } = setUp();
    const run = (who: PersonPrincipal, ...args: string[]) => nav.run(by(who).ask, ['avtale', OWN, ...args]);
    const register = () =>
      run(leder, 'registrer', '--motpart', TERMS.party, '--grunnlag', TERMS.legalBasis, ...PERIOD);
    const id = (await register()).slice(0, 36);
    expect(await run(leder)).toContain(
      `${TERMS.from}–${TERMS.to} SAMTYKKE (24/01234): venter på personvernombudet`,
    );
    expect(await run(officer, 'godkjenn', id)).toBe('Avtalen er godkjent og registrert.');
    expect(await run(officer)).toContain(': gjelder');
    const unwanted = (await register()).slice(0, 36);
    expect(await run(officer, 'avslå', unwanted)).toContain('ikke godkjent');
  });
});

const PERIOD = [
  ...['--fra', TERMS.from, '--til', TERMS.to],
  ...['--referanse', TERMS.reference, '--begrunnelse', TERMS.reason],
];
