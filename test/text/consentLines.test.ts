import { describe, expect, it } from 'vitest';
import { ASKED_FOR, type ConsentAsk } from '../../src/core/consent/toAsk.ts';
import { isNo, type StandingState } from '../../src/core/consent/transitions.ts';
import { CONSENT_PARTIES, CONSENT_STATES } from '../../src/core/youth/statusEvent.ts';
import { STATE_LINES, sideLine } from '../../src/text/consentLines.ts';
import { requestText, requestTextNamed } from '../../src/text/consentRequest.ts';

const STATES: readonly StandingState[] = [...CONSENT_STATES, 'MANGLER', 'MOTSTRID'];
const SAYS_NO = /\bnei\b|trukket|avsl|avvis|imot/i;
const RUN_OUT = /gått ut|frist/i;

describe('the states in words', () => {
  it('each has words of its own', () => {
    expect(new Set(Object.values(STATE_LINES)).size).toBe(STATES.length);
    for (const side of ['A', 'B'] as const)
      expect(new Set(STATES.map((state) => sideLine(side, state))).size).toBe(STATES.length);
    expect(sideLine('A', 'UTLOPT')).not.toBe(sideLine('B', 'UTLOPT'));
  });

  it.each(STATES)('%s is called a no only if it is one, and run out only if it has', (state) => {
    for (const text of [STATE_LINES[state], sideLine('A', state), sideLine('B', state)]) {
      expect(SAYS_NO.test(text), text).toBe(isNo(state));
      expect(RUN_OUT.test(text), text).toBe(state === 'UTLOPT' || state === 'SVARFRIST_PASSERT');
    }
  });
});

const ASKS: ConsentAsk[] = CONSENT_PARTIES.flatMap((party) => {
  const one = ASKED_FOR.flatMap((state) =>
    (['A', 'B'] as const).map((side): ConsentAsk => ({ party, sides: [{ side, state }] })),
  );
  const both = ASKED_FOR.flatMap((a) =>
    ASKED_FOR.map(
      (b): ConsentAsk => ({
        party,
        sides: [
          { side: 'A', state: a },
          { side: 'B', state: b },
        ],
      }),
    ),
  );
  return [...one, ...both];
});

describe('what is asked', () => {
  it('is the same to both guardians, who each hear of no other', () => {
    const to = (party: ConsentAsk['party']) =>
      ASKS.filter((ask) => ask.party === party).map((ask) => requestText(ask));
    expect(to('FORESATT2')).toEqual(to('FORESATT'));
    for (const { nb, nn } of to('FORESATT'))
      expect(`${nb} ${nn}`).not.toMatch(/begge|andre forel|den andre|mor|far|hver for seg|kvar for seg/i);
    expect(new Set(ASKS.map((ask) => requestText(ask).id)).size).toBe(2 * (8 + 16));
  });

  it.each(ASKS.map((ask) => [requestText(ask).id, ask] as const))(
    '%s is whole in both written forms',
    (id, ask) => {
      const { nb, nn } = requestText(ask);
      expect(id).toMatch(/^(UNGDOM|FORESATT)(\.[AB]-[A-Z_]+){1,2}$/);
      expect(nb).not.toBe(nn);
      // Words of the other written form.
      expect(nb).not.toMatch(/\b(ikkje|frå|kva|vidaregåande|spørje|høyrer|gjekk|seier|då|sjølv)\b/i);
      expect(nn).not.toMatch(/\b(ikke|fra|hva|hvem|hvilket|videregående|spørre|hører|gikk|sier|da|selv)\b/i);
      for (const text of [nb, nn]) {
        expect(text.split('\n')).toHaveLength(2 + ask.sides.length);
        expect(/NAV svare oss/.test(text)).toBe(ask.sides.some(({ side }) => side === 'B'));
        expect(/NAV om (du|ungdommen) er registrert/.test(text)).toBe(
          ask.sides.some(({ side }) => side === 'A'),
        );
        // Freely given: each may say no, and may change it.
        expect(text).toMatch(/ja eller nei/);
        expect(text).toMatch(/ombestemme deg/);
        // One thought in a sentence.
        for (const sentence of text.split(/[.!?:]\s/))
          expect(sentence.split(/\s+/).length, sentence).toBeLessThan(26);
      }
    },
  );

  it.each(ASKS.map((ask) => requestText(ask)))('is found by its id: $id', (text) => {
    expect(requestTextNamed(text.id)).toEqual(text);
  });

  it.each([
    '',
    'UNGDOM',
    'FORESATT2.A-MANGLER',
    'UNGDOM.A-SAMTYKKET',
    'UNGDOM.A-MANGLER.A-UTLOPT',
    'UNGDOM.B-MANGLER.A-MANGLER',
    'UNGDOM.A-MANGLER.',
  ])('is none by another: «%s»', (id) => {
    expect(requestTextNamed(id)).toBeUndefined();
  });

  it('says of what has run out that it has, and of a deadline that it is no no', () => {
    const asked = (state: (typeof ASKED_FOR)[number]) =>
      requestText({ party: 'UNGDOM', sides: [{ side: 'A', state }] });
    expect([asked('UTLOPT').nb, asked('UTLOPT').nn].map((text) => text.includes('gått ut på dato'))).toEqual([
      true,
      true,
    ]);
    expect(asked('SVARFRIST_PASSERT').nb).toContain('regnes ikke som et nei');
    expect(asked('SVARFRIST_PASSERT').nn).toContain('ikkje rekna som eit nei');
    expect(asked('MANGLER').nb).not.toMatch(/før|gått ut|frist/);
  });
});
