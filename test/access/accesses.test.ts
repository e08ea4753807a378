import { describe, expect, test } from 'vitest';
import { createAccessStore } from '../../src/access/accessStore.ts';
import { giveAccesses } from '../../src/access/giveAccesses.ts';
import type { AccessControl } from '../../src/api/access.ts';
import { readAccesses } from '../../src/config/accessFile.ts';
import type { OrganisationNumber, PersonKey, PersonPrincipal } from '../../src/core/access/principal.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { appOf, bodyOf, NOW, problemOf, testParts } from '../api/parts.ts';
import { assignment, controlOf, person } from './callers.ts';
import { CONSUMER, OTHER, OWN } from './world.ts';

const ORGANISATIONS = [
  { id: OWN, county: countyNumber('40'), virtualClock: false },
  { id: OTHER, county: countyNumber('39'), virtualClock: false },
];
const named = (letter: string, role: Parameters<typeof assignment>[0]): PersonPrincipal => {
  const key = letter.repeat(64) as PersonKey;
  return { ...person([assignment(role, OWN)]), person: key, key, name: letter.repeat(12) };
};
const [leder, drift, personvern] = [named('1', 'leder'), named('2', 'drift'), named('3', 'personvern')];
const READING = { orgnr: CONSUMER, scope: 'ot/registrations.read', reason: 'Avtale 2026/14' };
const SENDING = { orgnr: CONSUMER, scope: 'ot/feeds/school-dropout.write', reason: 'Avtale 2026/15' };

function setUp() {
  const { memory, ...parts } = testParts({ organisations: ORGANISATIONS });
  const as = (access: AccessControl) => {
    const { get, post } = appOf({ ...parts, access });
    const act = async (path: string, content: unknown = { reason: 'etter avtale' }) => {
      const response = await post(`/organisations/${OWN}/access/${path}`, content);
      return response.ok ? bodyOf(response) : { refused: (await problemOf(response)).type.slice(14) };
    };
    return { act, list: async () => bodyOf(await get(`/organisations/${OWN}/access`)) };
  };
  const by = (principal: PersonPrincipal) => as(controlOf(principal));
  const inForce = (at = NOW) => memory.grantsOf(CONSUMER as OrganisationNumber, new Date(at).toISOString());
  return { by, inForce, memory };
}

describe('an access', () => {
  test('that shows persons is given by operations and the data protection officer together', async () => {
    const { by, inForce } = setUp();
    const proposed = await by(leder).act('grants', READING);
    expect(proposed.state).toBe('waits');
    expect(await by(personvern).act(`${proposed.id}/approve`)).toEqual({ refused: 'ACCESS_NEEDS_ANOTHER' });
    expect((await by(drift).act(`${proposed.id}/approve`)).state).toBe('waits');
    expect(await by(drift).act(`${proposed.id}/approve`)).toEqual({ refused: 'ACCESS_NEEDS_ANOTHER' });
    expect(await inForce()).toEqual([]);
    expect((await by(personvern).act(`${proposed.id}/approve`)).state).toBe('given');
    expect(await inForce()).toMatchObject([{ scope: 'ot/registrations.read', org: OWN }]);
    const { grants, proposals } = await by(leder).list();
    expect(grants).toMatchObject([{ grantedBy: drift.name, approvedBy: personvern.name }]);
    expect(proposals).toEqual([]);
    expect(await by(personvern).act(`${proposed.id}/approve`)).toEqual({ refused: 'UNKNOWN_ACCESS' });
  });

  test('is not approved by the one who granted it, whatever roles they have', async () => {
    const { by, inForce } = setUp();
    const both = { ...drift, roles: [...drift.roles, ...personvern.roles] };
    const { id } = await by(both).act('grants', READING);
    expect(await by(both).act(`${id}/approve`)).toEqual({ refused: 'ACCESS_NEEDS_ANOTHER' });
    expect(await inForce()).toEqual([]);
  });

  test('that shows no person is given by operations alone', async () => {
    const { by, inForce } = setUp();
    expect((await by(drift).act('grants', SENDING)).state).toBe('given');
    expect(await inForce()).toHaveLength(1);
    const named = { ...SENDING, protectedYouths: true };
    expect((await by(drift).act('grants', named)).state).toBe('waits');
  });

  test('is given to oneself by nobody', async () => {
    const { by } = setUp();
    const role = { assignee: { person: drift.person }, role: 'inntak', reason: 'etter avtale' };
    const { id } = await by(leder).act('roles', role);
    expect(await by(drift).act(`${id}/approve`)).toEqual({ refused: 'ACCESS_NEEDS_ANOTHER' });
  });

  test('is given to oneself by nobody, also when proposed by operations, for a group or an organisation of theirs', async () => {
    const { by, memory } = setUp();
    const member = { ...drift, orgnrs: [CONSUMER], groups: ['g-1'] };
    const other = { ...named('4', 'drift'), groups: ['g-1'] };
    const assignees = [{ person: drift.person }, { altinn: CONSUMER }, { group: 'g-1' }];
    for (const assignee of assignees) {
      // One role that operations give alone, and one that shows persons.
      for (const role of ['inntak', 'leder']) {
        const proposed = await by(member).act('roles', { assignee, role, reason: 'etter avtale' });
        expect(proposed.state).toBe('waits');
        const again = await by(member).act(`${proposed.id}/approve`);
        expect(again).toEqual({ refused: 'ACCESS_NEEDS_ANOTHER' });
        const refusedToo = 'group' in assignee;
        const approved = await by(other).act(`${proposed.id}/approve`);
        const given = { inntak: 'given', leder: 'waits' }[role];
        expect(approved).toMatchObject(refusedToo ? { refused: 'ACCESS_NEEDS_ANOTHER' } : { state: given });
        expect(await by(member).act(`${proposed.id}/approve`)).toHaveProperty('refused');
      }
    }
    const who = { person: drift.person, orgnrs: [CONSUMER as OrganisationNumber], groups: ['g-1'] };
    const roles = await memory.rolesOf(who, new Date(NOW).toISOString());
    expect(roles.map(({ role }) => role)).toEqual(['inntak', 'inntak']);
  });

  test('that can never take effect is refused with the field', async () => {
    const { by } = setUp();
    const to = '2026-01-01T00:00:00Z';
    const wrong = [
      ['roles', { assignee: { group: 'g' }, role: 'radgiver', reason: 'etter avtale' }],
      ['roles', { assignee: { group: 'g' }, role: 'skole', reason: 'etter avtale' }],
      ['roles', { assignee: { group: 'g' }, role: 'leder', unit: '40200', reason: 'etter avtale' }],
      ['grants', { ...READING, institution: '40014' }],
      ['grants', { ...SENDING, to }],
      ['grants', { ...SENDING, scope: 'ot/everything' }],
    ] as const;
    for (const [path, content] of wrong) {
      expect(await by(drift).act(path, content)).toEqual({ refused: 'INVALID_REQUEST' });
    }
  });

  test('that is turned down or revoked is gone, and an access of another organisation is unknown', async () => {
    const { by, inForce, memory } = setUp();
    const { id } = await by(drift).act('grants', READING);
    expect((await by(personvern).act(`${id}/turn-down`)).state).toBe('turned-down');
    const given = await by(drift).act('grants', SENDING);
    expect(await memory.revokeAccess(OTHER, given.id, { at: '', by: '', reason: '' })).toBe(false);
    expect((await by(personvern).act(`${given.id}/revoke`)).state).toBe('revoked');
    expect(await by(drift).act(`${given.id}/revoke`)).toEqual({ refused: 'UNKNOWN_ACCESS' });
    expect(await inForce()).toEqual([]);
  });
});

describe('the accesses in force', () => {
  test('follow a revocation within a minute, without a question to the database for each call', async () => {
    const { memory } = setUp();
    await giveAccesses(memory, fileOf({ grants: [{ ...SENDING, from: '2026-01-01T00:00:00Z' }] }));
    let now = NOW;
    let asked = 0;
    const counted = {
      ...memory,
      grantsOf: (...asking: Parameters<typeof memory.grantsOf>) => {
        asked += 1;
        return memory.grantsOf(...asking);
      },
    };
    const store = createAccessStore(counted, () => now);
    const [grant] = await store.grantsOf(CONSUMER as OrganisationNumber);
    for (let call = 0; call < 50; call += 1) await store.grantsOf(CONSUMER as OrganisationNumber);
    expect(asked).toBe(1);
    await memory.revokeAccess(OWN, grant?.id ?? '', {
      at: new Date(now).toISOString(),
      by: 'x',
      reason: 'y',
    });
    now += 60_000;
    expect(await store.grantsOf(CONSUMER as OrganisationNumber)).toEqual([]);
  });
});

describe('ACCESS_FILE', () => {
  test('gives each entry once, and one that was revoked not again', async () => {
    const { memory, inForce } = setUp();
    const file = fileOf({
      grants: [{ ...SENDING, from: '2026-01-01T00:00:00+01:00', to: '2027-01-01T00:00:00Z' }],
      roles: [{ group: 'g-1', role: 'leder', from: '2026-01-01T00:00:00Z', reason: 'etter avtale' }],
    });
    await giveAccesses(memory, file);
    await giveAccesses(memory, file);
    const [grant, second] = await inForce();
    expect(second).toBeUndefined();
    expect(await inForce(Date.UTC(2027, 0, 1))).toEqual([]);
    await memory.revokeAccess(OWN, grant?.id ?? '', { at: '2026-10-07T00:00:00.000Z', by: 'x', reason: 'y' });
    await giveAccesses(memory, file);
    expect(await inForce()).toEqual([]);
    const who = { person: '' as PersonKey, orgnrs: [], groups: ['g-1'] };
    expect(await memory.rolesOf(who, new Date(NOW).toISOString())).toMatchObject([{ role: 'leder' }]);
  });

  test('is refused with every fault at its place, and no value of it', () => {
    const from = '2026-01-01T00:00:00Z';
    const read = readAccesses(
      JSON.stringify({
        'telemarkfylke-no': {
          grants: [{ ...READING, from, institution: '40014' }],
          roles: [
            { group: 'g', altinn: CONSUMER, role: 'leder', from, reason: 'etter avtale' },
            { group: 'g', role: 'radgiver', from, reason: 'etter avtale' },
          ],
        },
        'ukjent-no': {},
      }),
      ORGANISATIONS,
    );
    if (read.ok) throw new Error('it was read');
    expect(read.message.split('\n')).toEqual([
      'ACCESS_FILE kan ikke brukes:',
      expect.stringContaining('telemarkfylke-no.grants.0.institution'),
      expect.stringContaining('telemarkfylke-no.roles.0 skal ha ett av person, altinn og group'),
      expect.stringContaining('telemarkfylke-no.roles.1.unit'),
      expect.stringContaining('ukjent-no står ikke i ORGANISATIONS'),
    ]);
    const wrong = readAccesses('{"telemarkfylke-no": {"grants": [{"orgnr": "hemmelig"}]}}', ORGANISATIONS);
    expect(wrong).toMatchObject({ ok: false, message: expect.not.stringContaining('hemmelig') });
  });
});

function fileOf(entries: object) {
  const read = readAccesses(JSON.stringify({ 'telemarkfylke-no': entries }), ORGANISATIONS);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
