import { describe, expect, test } from 'vitest';
import { toMessages } from '../../../src/core/messages/messages.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { Call } from '../../../src/core/subscription/call.ts';
import { callsOf, leadsToCalls } from '../../../src/core/subscription/calls.ts';
import { asksFor, type Hearing, mayHear } from '../../../src/core/subscription/mayHear.ts';
import type { FactBody, ProtectionGrade } from '../../../src/core/youth/statusEvent.ts';
import type { Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { consent, contact, left, navAnswer, type Story, status, story } from '../../harness/story.ts';

const ORG = orgId('telemarkfylke-no');
const META = {
  ...{ org: ORG, ref: personRef('6f1c0e9d-2b7a-4583-a1d4-c6e8f0b29375'), version: 3 },
  ...{ position: 'telemarkfylke-no.ot.event.school-dropout/0/7', recorded: '2026-11-12T08:00:00.000Z' },
};
const protection = (grade: ProtectionGrade): FactBody => ({ kind: 'Protection', grade });

/** The calls of one more record. */
function callsWhen(youth: Story, happens: (youth: Story) => YouthEvent[]): Call[] {
  const before = youth.youth();
  const events = happens(youth);
  return callsOf(events, before, youth.youth(), META);
}

function leaver(): Story {
  const youth = story({ county: '18' });
  youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
  return youth;
}

const hide = (youth: Story) =>
  youth.when('2026-10-08T06:00:00Z', protection('STRENGT_FORTROLIG'), {
    effective: '2026-10-08',
    id: 'fr-7',
  });

const EVERYTHING = {
  ...{ org: ORG, kinds: ['status', 'alert', 'status-group'] as const, owners: null },
  ...{ protectedYouths: false, beginsAt: null },
};

describe('the calls of a record', () => {
  test('are its messages on the topics of changes, under the same ids', () => {
    const youth = story({ county: '18' });
    const before = youth.youth();
    const events = youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    const calls = callsOf(events, before, youth.youth(), META);
    const published = toMessages(events, youth.youth(), META).filter(({ topic }) => topic !== 'ot-ungdom');
    expect(calls.map(({ eventId }) => eventId)).toEqual(published.map(({ id }) => id));
    expect(new Set(calls.map(({ kind }) => kind))).toEqual(new Set(['status', 'alert', 'status-group']));
    expect(calls.map(({ n }) => n)).toEqual(calls.map((_, at) => at + 1));
    for (const call of calls) expect(call).toMatchObject({ hidden: false, takesBack: false, version: 3 });
    for (const { owners } of calls)
      expect(owners).toEqual(youth.youth().registrations.map(({ owner }) => owner));
  });

  test('come of every record that has messages, and of no other is the history read', () => {
    const youth = leaver();
    youth.when('2026-10-08T08:00:00Z', contact);
    hide(youth);
    for (const event of youth.events()) {
      const messages = toMessages([event], youth.youth(), META);
      if (messages.length > 0) expect(leadsToCalls([event])).toBe(true);
    }
    expect(leadsToCalls([{ type: 'TimePassed', at: META.recorded }])).toBe(false);
  });

  test('say of a youth that goes into hiding what is no longer shared, to all who may have heard', () => {
    const calls = callsWhen(leaver(), hide);
    const unprotected = calls.filter((call) => asksFor(EVERYTHING, call));
    expect(unprotected.length).toBeGreaterThan(0);
    expect(unprotected.every(({ takesBack }) => takesBack)).toBe(true);
    expect(new Set(unprotected.map(({ kind }) => kind))).toEqual(
      new Set(['status', 'alert', 'status-group']),
    );
  });

  test('take back from the units that had a youth, and say nothing of one in hiding to any other unit', () => {
    const youth = leaver();
    const units = youth.youth().registrations.map(({ owner }) => owner);
    const calls = callsWhen(youth, hide).filter(({ takesBack }) => takesBack);
    expect(calls.length).toBeGreaterThan(2);
    for (const call of calls) {
      expect(asksFor({ ...EVERYTHING, owners: units.flatMap((unit) => unit ?? []) }, call)).toBe(true);
      expect(asksFor({ ...EVERYTHING, owners: ['99999'] }, call)).toBe(false);
    }
  });

  test('are of a youth in hiding for those alone who ask for them', () => {
    const youth = leaver();
    hide(youth);
    const calls = callsWhen(youth, (each) => each.when('2026-10-09T08:00:00Z', contact));
    const later = callsWhen(youth, (each) =>
      each.when('2026-10-12T08:00:00Z', status('2026-27', 'OTOV', { unit: '18201' })),
    );
    expect([...calls, ...later].length).toBeGreaterThan(0);
    for (const call of [...calls, ...later]) {
      expect(call).toMatchObject({ hidden: true, takesBack: false, owners: [] });
      expect(asksFor(EVERYTHING, call)).toBe(false);
      expect(asksFor({ ...EVERYTHING, protectedYouths: true }, call)).toBe(true);
    }
  });
});

describe('what a subscription asks for', () => {
  const call = {
    ...{ kind: 'alert' as const, owners: ['40001'], hidden: false, takesBack: false },
    recorded: '2026-10-07T08:00:00.000Z',
  };
  test('is by kind, owner and beginning', () => {
    expect(asksFor(EVERYTHING, call)).toBe(true);
    expect(asksFor({ ...EVERYTHING, kinds: ['status'] }, call)).toBe(false);
    expect(asksFor({ ...EVERYTHING, owners: ['40002'] }, call)).toBe(false);
    expect(asksFor({ ...EVERYTHING, owners: ['40001'] }, call)).toBe(true);
    expect(asksFor({ ...EVERYTHING, owners: ['40002'] }, { ...call, owners: ['40001', '40002'] })).toBe(true);
    expect(asksFor({ ...EVERYTHING, owners: ['40001'] }, { ...call, owners: [] })).toBe(false);
    expect(asksFor({ ...EVERYTHING, beginsAt: '2026-10-07T08:00:00.000Z' }, call)).toBe(true);
    expect(asksFor({ ...EVERYTHING, beginsAt: '2026-10-07T08:00:00.001Z' }, call)).toBe(false);
    expect(asksFor({ ...EVERYTHING, kinds: ['receipt'], owners: ['1'] }, { ...call, kind: 'receipt' })).toBe(
      true,
    );
  });
});

describe('who may hear of a call', () => {
  const grant = (scope: string, changes = {}) => ({
    ...{ org: ORG, scope, institution: null, protectedYouths: false },
    ...changes,
  });
  const READ = 'ot/registrations.read';
  const asked = { kind: 'alert' as const, subject: null, takesBack: false, disclosesNav: false };
  function judged(
    call: Partial<Pick<Call, 'kind' | 'subject' | 'takesBack' | 'disclosesNav'>>,
    grants: Hearing['grants'],
    youth: Youth | undefined = leaver().youth(),
    protectedYouths = false,
    agreed = true,
  ) {
    return mayHear(
      { org: ORG, protectedYouths },
      { ...asked, ...call },
      {
        ...{ grants, youth, now: '2026-11-12T08:00:00.000Z', today: '2026-11-12' },
        policy: defaultPolicy(countyNumber('18')),
        agreed,
      },
    );
  }

  test('needs the scope of its kind, at this organisation, for the whole county', () => {
    expect(judged({}, [grant(READ)])).toBeNull();
    expect(judged({ kind: 'status' }, [grant(READ)])).toBeNull();
    expect(judged({}, [])).toBe('GRANT');
    expect(judged({}, [grant('ot/groups.read')])).toBe('GRANT');
    expect(judged({}, [grant(READ, { org: orgId('agderfylke-no') })])).toBe('GRANT');
    expect(judged({}, [grant(READ, { institution: '18014' })])).toBe('GRANT');
    expect(judged({ kind: 'status-group' }, [grant(READ)])).toBe('GRANT');
    expect(judged({ kind: 'status-group' }, [grant('ot/groups.read')])).toBeNull();
    expect(judged({ kind: 'receipt' }, [grant('ot/feeds/school-dropout.write')])).toBeNull();
    expect(judged({ kind: 'receipt' }, [grant(READ)])).toBe('GRANT');
    expect(judged({ kind: 'nav-withdrawal' }, [grant('ot/nav.read')], undefined, false, false)).toBeNull();
    expect(judged({ kind: 'nav-withdrawal' }, [grant(READ)])).toBe('GRANT');
    expect(judged({}, null)).toBeNull();
  });

  test('needs subscription and grant for a youth that is in hiding now, whatever it was when it was planned', () => {
    const youth = leaver();
    hide(youth);
    const hidden = youth.youth();
    const granted = [grant(READ, { protectedYouths: true })];
    expect(judged({}, [grant(READ)], hidden, true)).toBe('PROTECTED');
    expect(judged({}, granted, hidden, false)).toBe('PROTECTED');
    expect(judged({}, granted, hidden, true)).toBeNull();
    expect(judged({ takesBack: true }, [grant(READ)], hidden)).toBeNull();
    const gone = mayHear({ org: ORG, protectedYouths: false }, asked, {
      ...{ grants: null, youth: undefined, now: META.recorded, today: '2026-11-12' },
      policy: defaultPolicy(countyNumber('18')),
      agreed: true,
    });
    expect(gone).toBe('PROTECTED');
  });

  test('needs both consents and an open alert at the moment of the attempt for a NAV answer', () => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    for (const side of ['A', 'B'] as const)
      p02.when('2026-10-02T08:00:00Z', consent(side, 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    const [call] = callsWhen(p02, (youth) =>
      youth.when('2026-11-10T08:00:00Z', navAnswer('2026-11', 'JA', '4601'), {
        source: 'nav',
        id: '2026-11:1',
      }),
    ).filter(({ disclosesNav }) => disclosesNav);
    if (call === undefined) throw new Error('no call discloses the answer');
    expect(judged(call, [grant(READ)], p02.youth())).toBeNull();
    expect(judged(call, [grant(READ)], p02.youth(), false, false)).toBe('AGREEMENT');
    expect(judged({}, [grant(READ)], p02.youth(), false, false)).toBeNull();
    expect(judged({ ...call, subject: '0000000000000000' }, [grant(READ)], p02.youth())).toBe('CONSENT');
    const back = callsWhen(p02, (youth) =>
      youth.when('2026-11-11T08:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-11-11T08:00:00.000Z')),
    );
    expect(judged(call, [grant(READ)], p02.youth())).toBe('CONSENT');
    // Taking back needs no consent.
    expect(back).toMatchObject([
      { kind: 'alert', subject: call.subject, takesBack: true, disclosesNav: false },
    ]);
  });
});
