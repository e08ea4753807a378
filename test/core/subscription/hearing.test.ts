import { describe, expect, test } from 'vitest';
import { toMessages } from '../../../src/core/messages/messages.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { callsOf } from '../../../src/core/subscription/callsOf.ts';
import { asksFor, mayHear } from '../../../src/core/subscription/hearing.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { ALERT, EVENTS, FACT } from '../../api/seed.ts';

const META = {
  ...{ org: orgId('telemarkfylke-no'), ref: personRef('7b1c2d3e-0000-4000-8000-000000000001'), version: 1 },
  ...{ position: 'telemarkfylke-no.ot.event.school-dropout/0/7', recorded: '2026-10-07T07:12:00.000Z' },
};
const CAUSE = '5a1cf3b07e9d2468';
const RAISED = EVENTS.map((event) =>
  event.type === 'AlertRaised' ? { ...event, alert: { ...ALERT, id: CAUSE } } : event,
);
const after = fold(UNKNOWN_YOUTH, RAISED);
const calls = (events: readonly YouthEvent[], before: Youth) =>
  callsOf(events, { before, after: fold(before, events) }, META);

const PROTECTION = {
  ...FACT,
  kind: 'Protection' as const,
  grade: 'STRENGT_FORTROLIG' as const,
  id: 'protection',
};
const HIDES: YouthEvent[] = [
  { type: 'FactRecorded', fact: PROTECTION },
  { type: 'ProtectionChanged', from: 'UGRADERT', to: 'STRENGT_FORTROLIG', rule: 'R44' as never },
];

describe('the calls about a record', () => {
  test('are those of its messages, in order and under their ids; the compacted topic is none', () => {
    const messages = toMessages(RAISED, after, META).filter(({ topic }) => topic !== 'ot-ungdom');
    const made = calls(RAISED, UNKNOWN_YOUTH);
    expect(made.map(({ eventId, kind }) => [eventId, kind])).toEqual(
      messages.map(({ id, topic }) => [id, topic]),
    );
    expect(made.map(({ n }) => n)).toEqual([1, 2, 3]);
    for (const call of made) {
      expect(call).toMatchObject({ owner: '40200', hidden: false, takesBack: false, disclosesNav: false });
    }
    expect(made.at(-1)?.subject).toBe(CAUSE);
  });

  test('name the unit that was in charge when a registration is gone', () => {
    const annulled: YouthEvent[] = [
      { type: 'TilmeldingAnnulled', rule: 'R01', schoolYear: '2026-27', county: countyNumber('40') },
    ];
    expect(calls(annulled, after).map(({ kind, owner }) => [kind, owner])).toEqual([
      ['status', '40200'],
      ['status-group', '40200'],
    ]);
  });

  test('take back what was shared when a youth goes into hiding, and nothing that never was', () => {
    const made = calls(HIDES, after);
    const told = made.map(({ kind, hidden, takesBack }) => [kind, hidden, takesBack]);
    expect(told).toEqual([
      ['status-group', true, true],
      ['status', true, true],
      ['alert', true, true],
      ['alert', true, false],
    ]);
    // In hiding for long: a withdrawal is of what only those who are named have heard.
    const hidden = fold(after, HIDES);
    const gone: YouthEvent[] = [{ type: 'AlertWithdrawn', alert: { ...ALERT, id: CAUSE }, rule: 'R01' }];
    expect(calls(gone, hidden)).toMatchObject([{ kind: 'alert', hidden: true, takesBack: false }]);
  });
});

describe('who may hear of a call', () => {
  const grant = (scope: string, changes = {}) => ({
    scope,
    institution: null,
    protectedYouths: false,
    ...changes,
  });
  const call = {
    kind: 'alert' as const,
    subject: CAUSE,
    hidden: false,
    takesBack: false,
    disclosesNav: false,
  };
  const known = (changes: object = {}) => ({
    ...{ grants: [grant('ot/registrations.read')], youth: after, today: '2026-10-08' },
    ...{ now: '2026-10-08T00:00:00.000Z', policy: defaultPolicy(countyNumber('40')) },
    ...changes,
  });
  const whose = { orgnr: '889640782' as never, protectedYouths: false };

  test.each([
    ['status', 'ot/registrations.read', null],
    ['alert', 'ot/registrations.read', null],
    ['status-group', 'ot/groups.read', null],
    ['receipt', 'ot/feeds/school-dropout.write', null],
    ['status', 'ot/groups.read', 'GRANT'],
    ['status-group', 'ot/registrations.read', 'GRANT'],
    ['receipt', 'ot/registrations.read', 'GRANT'],
    ['alert', 'ot/subscriptions.write', 'GRANT'],
  ] as const)('%s with %s: %s', (kind, scope, why) => {
    expect(mayHear({ ...call, kind }, whose, known({ grants: [grant(scope)] }))).toBe(why);
  });

  test('without a grant none, and with a school’s grant no youths', () => {
    expect(mayHear(call, whose, known({ grants: [] }))).toBe('GRANT');
    const school = grant('ot/registrations.read', { institution: '40014' });
    expect(mayHear(call, whose, known({ grants: [school] }))).toBe('GRANT');
    expect(mayHear(call, { orgnr: null, protectedYouths: false }, known({ grants: [] }))).toBeNull();
  });

  test('of a youth in hiding: only with both the grant’s word and the subscription’s, or to take something back', () => {
    const hidden = { ...call, hidden: true };
    const named = known({ grants: [grant('ot/registrations.read', { protectedYouths: true })] });
    const asks = { ...whose, protectedYouths: true };
    expect(mayHear(hidden, whose, known())).toBe('PROTECTED');
    expect(mayHear(hidden, asks, known())).toBe('PROTECTED');
    expect(mayHear(hidden, whose, named)).toBe('PROTECTED');
    expect(mayHear(hidden, asks, named)).toBeNull();
    expect(mayHear({ ...hidden, takesBack: true }, whose, known())).toBeNull();
    // In hiding since the record: what it said then is not heard any more.
    expect(mayHear(call, whose, known({ youth: fold(after, HIDES) }))).toBe('PROTECTED');
  });

  test('of a NAV answer: only while its alert is open and both sides consent', () => {
    const nav = { ...call, disclosesNav: true };
    const alert = { ...ALERT, id: CAUSE, kind: 'KJENT_HOS_NAV' as const };
    const consent = (side: 'A' | 'B', party: 'UNGDOM', state: 'SAMTYKKET' | 'TRUKKET') => ({
      ...{ ...FACT, kind: 'Consent' as const, side, party, state, legalBasis: 'samtykke', validTo: null },
      ...{ id: `${side}${party}`, at: '2026-10-01T00:00:00.000Z', born: '2000-01-01' },
    });
    const youth = (
      states: readonly ['SAMTYKKET' | 'TRUKKET', 'SAMTYKKET' | 'TRUKKET'],
      alerts = [alert],
    ) => ({
      ...{ ...after, alerts },
      facts: [consent('A', 'UNGDOM', states[0]), consent('B', 'UNGDOM', states[1])] as never,
    });
    expect(mayHear(nav, whose, known({ youth: youth(['SAMTYKKET', 'SAMTYKKET']) }))).toBeNull();
    expect(mayHear(nav, whose, known({ youth: youth(['SAMTYKKET', 'TRUKKET']) }))).toBe('CONSENT');
    expect(mayHear(nav, whose, known({ youth: youth(['TRUKKET', 'SAMTYKKET']) }))).toBe('CONSENT');
    expect(mayHear(nav, whose, known({ youth: youth(['SAMTYKKET', 'SAMTYKKET'], []) }))).toBe('CONSENT');
    expect(mayHear(nav, whose, known({ youth: undefined }))).toBe('CONSENT');
  });
});

test('a subscription asks for its kinds and units; what is taken back comes from every unit', () => {
  const of = { kinds: ['alert' as const], owners: ['40200'] };
  const call = { kind: 'alert' as const, owner: '40200', takesBack: false };
  expect(asksFor(of, call)).toBe(true);
  expect(asksFor(of, { ...call, kind: 'status' })).toBe(false);
  expect(asksFor(of, { ...call, owner: '40300' })).toBe(false);
  expect(asksFor(of, { ...call, owner: null })).toBe(false);
  expect(asksFor(of, { ...call, owner: null, takesBack: true })).toBe(true);
  expect(asksFor({ ...of, owners: null }, { ...call, owner: null })).toBe(true);
});
