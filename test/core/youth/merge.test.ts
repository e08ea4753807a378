import { describe, expect, it } from 'vitest';
import { toMessages } from '../../../src/core/messages/messages.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { numberRef, personRef } from '../../../src/core/person/reference.ts';
import { type Context, defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { type Effect, renumber } from '../../../src/core/youth/merge.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { uniteFacts } from '../../../src/core/youth/uniteFacts.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import { consent, factOf, left, navAnswer, type Provenance } from '../../harness/story.ts';

const contextAt = (now: string): Context => ({
  now,
  today: osloDate(now),
  policy: defaultPolicy(countyNumber('40')),
});
const T = (day: string) => `2026-${day}T08:00:00.000Z`;

function known(...rows: [moment: string, body: FactBody, provenance?: Provenance][]): Youth {
  return rows.reduce((youth, [moment, body, provenance = {}], n) => {
    const event = factOf(body, { id: `e-${n}`, ...provenance }, '2007-06-06', moment, n);
    return fold(youth, decide(event, youth, contextAt(moment)));
  }, UNKNOWN_YOUTH);
}

function merge(
  one: Youth,
  other: Youth,
  now = T('11-01'),
): Map<string, Effect & { before: Youth; after: Youth }> {
  const event = factOf({ kind: 'Renumbered' }, { id: 'n-1' }, null, now, 0);
  if (event.kind !== 'Renumbered') throw new Error('a change of number');
  const youths: Record<string, Youth> = { one, other };
  const effects = renumber(
    event,
    { ref: personRef('one'), numberRef: numberRef('one'), met: 1, youth: one },
    { ref: personRef('other'), numberRef: numberRef('other'), met: 2, youth: other },
    contextAt(now),
  );
  return new Map(
    effects.map((effect) => {
      const before = youths[effect.ref] ?? UNKNOWN_YOUTH;
      return [effect.ref, { ...effect, before, after: fold(before, effect.events) }];
    }),
  );
}

function messagesOf({ events, after, ref }: Effect & { after: Youth }) {
  return toMessages(events, after, {
    org: orgId('o'),
    ref,
    position: 't/0/1',
    version: 2,
    recorded: T('11-01'),
  });
}

describe('two youths that are one', () => {
  it('the reference that was given first stays, whichever number is new and whichever youth was known first', () => {
    const [early, late] = [
      known([T('10-06'), left('40014', 'FV')]),
      known([T('10-07'), left('40022', 'FV')]),
    ];
    for (const [one, other] of [
      [early, late],
      [late, early],
      [UNKNOWN_YOUTH, late],
    ] as const)
      expect(merge(one, other).get('other')?.after.mergedInto).toBe('one');
  });

  it('E01 what arrives later under the other number makes no two known ones, though it is read first', () => {
    const early = known([T('10-06'), left('40014', 'FV')]);
    const review = (otherSince: string) => {
      const late = known([otherSince, left('40022', 'FV')]);
      const { after } = merge(early, late, T('10-20')).get('one')!;
      return after.alerts.some(({ kind }) => kind === 'NUMRE_SLATT_SAMMEN');
    };
    expect([T('10-19'), T('10-20'), T('10-21')].map(review)).toEqual([true, true, false]);
  });

  it('the time of the union is that of the one that has come furthest', () => {
    const early = known([T('10-06'), left('40014', 'FV')]);
    const ahead = known([T('12-24'), left('40022', 'FV')]);
    expect(merge(early, ahead).get('one')?.after.asOf).toBe(T('12-24'));
  });

  it('an address that is protected under one number is protected in all that is published of the merge', () => {
    const early = known(
      [T('10-01'), { kind: 'Protection', grade: 'STRENGT_FORTROLIG' }],
      [T('10-06'), left('40014', 'FV')],
    );
    const late = known([T('10-07'), left('40022', 'FV')]);
    const effects = merge(early, late);
    for (const ref of ['one', 'other']) {
      const messages = messagesOf(effects.get(ref)!);
      expect(messages.length).toBeGreaterThan(0);
      for (const { topic, value } of messages) {
        if (topic === 'status-group') continue;
        expect(value.protection).toBe('STRENGT_FORTROLIG');
      }
    }
    // What others than OT have received under the number that goes is taken back without a place.
    expect(JSON.stringify(messagesOf(effects.get('other')!))).not.toContain('"40"');
  });

  it('an answer from NAV is not kept when the other number’s consent was withdrawn', () => {
    const given = (side: 'A' | 'B') => consent(side, 'UNGDOM', 'SAMTYKKET', T('10-01'));
    const early = known(
      [T('10-01'), given('A'), { id: 'a' }],
      [T('10-01'), given('B'), { id: 'b' }],
      [T('10-05'), navAnswer('2026-10', 'JA', '4601')],
    );
    expect(early.alerts.map(({ kind }) => kind)).toEqual(['KJENT_HOS_NAV']);
    const late = known([T('10-07'), consent('A', 'UNGDOM', 'TRUKKET', T('10-06')), { id: 'c' }]);
    const { events, after } = merge(early, late).get('one')!;
    expect(after.alerts.map(({ kind }) => kind)).not.toContain('KJENT_HOS_NAV');
    expect(after.facts.find(({ kind }) => kind === 'NavMatch')).toMatchObject({ answer: null, office: null });
    expect(events.filter(({ type }) => type === 'WithheldForConsent')).toHaveLength(1);
  });

  it('and the answer itself is not written down again where it may not be kept', () => {
    const given = (side: 'A' | 'B') => consent(side, 'UNGDOM', 'SAMTYKKET', T('10-01'));
    const late = known(
      [T('10-02'), given('A'), { id: 'a' }],
      [T('10-02'), given('B'), { id: 'b' }],
      [T('10-05'), navAnswer('2026-10', 'JA', '4601')],
    );
    const early = known([T('10-01'), consent('A', 'UNGDOM', 'TRUKKET', T('10-04')), { id: 'c' }]);
    const { events, after } = merge(early, late).get('one')!;
    expect(JSON.stringify([events, after])).not.toContain('4601');
  });
});

describe('one set of facts out of two', () => {
  const fact = (id: string, version: number, moment: string) => {
    const { facts } = known([moment, left('40014', version === 1 ? 'FV' : 'AS'), { id, version }]);
    return facts[0]!;
  };

  it('the higher version says what holds, and all versions and the first receipt are remembered', () => {
    const [low, high] = [fact('x', 1, T('10-06')), fact('x', 2, T('10-09'))];
    for (const united of [uniteFacts([low], [high]), uniteFacts([high], [low])]) {
      expect(united).toEqual([
        { ...high, versions: [1, 2], firstReceived: T('10-06'), firstReceivedOn: '2026-10-06' },
      ]);
    }
  });

  it('of one version sent under two numbers the first holds, whichever youth stays', () => {
    const first = fact('x', 1, T('10-06'));
    const again = { ...fact('x', 1, T('10-09')), effective: '2026-10-02' };
    for (const united of [uniteFacts([first], [again]), uniteFacts([again], [first])])
      expect(united).toEqual([first]);
    const atOnce = { ...first, effective: '2026-10-02' };
    expect(uniteFacts([first], [atOnce])).toEqual(uniteFacts([atOnce], [first]));
  });

  it('stays sorted, and does not touch what is in one of them only', () => {
    const [a, b, c] = [fact('a', 1, T('10-06')), fact('b', 1, T('10-07')), fact('c', 1, T('10-08'))];
    const united = uniteFacts([a, c], [b]);
    expect(united.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(united[0]).toBe(a);
    expect(uniteFacts([a, b], [a, b])).toEqual([a, b]);
  });
});
