import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consent } from '../../adapters/consent/index.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { CONSENT_STATES } from '../../src/core/youth/statusEvent.ts';
import { runs } from '../harness/propertyRuns.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';
import { judgesItsFixtures } from './fixtures.ts';

judgesItsFixtures('consent');

const CONTEXT = {
  county: countyNumber('46'),
  activations: {},
  environment: 'test',
  pseudonym,
  nameTag,
  askedRef,
} as const;
const ANSWER = {
  fodselsnummer: '02910788054',
  side: 'A',
  part: 'UNGDOM',
  tilstand: 'SAMTYKKET',
  tidspunkt: '2026-10-01T10:00:00+02:00',
  rettsgrunnlag: 'SAMTYKKE',
  kilde: 'fiks-samtykke',
};

function read(changes: object) {
  const value = { ...ANSWER, ...changes };
  return consent.read({ value, received: '2026-10-07T07:12:30.000Z', envelope: null }, CONTEXT);
}

/** Also what is nearly right: a letter too few or too many, other words for the same, other types. Capitals or not is
 *  the same. */
const unknown = (known: readonly string[]) =>
  fc
    .oneof(
      fc.string(),
      fc.constantFrom(...known).map((text) => text.slice(0, -1)),
      fc.constantFrom(...known).map((text) => `${text}X`),
      fc.constantFrom('JA', 'NEI', 'GITT', 'EXPIRED', 'AVSLATT', 'UNGDOMMEN', 'FORESATT3', 'C', 'AB'),
      fc.integer(),
      fc.constantFrom(null, true, [], {}),
    )
    .filter((value) => !known.includes(String(value).trim().toUpperCase()));

it.each([
  ['tilstand', CONSENT_STATES],
  ['part', ['UNGDOM', 'FORESATT', 'FORESATT2']],
  ['side', ['A', 'B']],
] as const)('a %s that is not known is quarantined and never guessed', (field, known) => {
  expect(read({}).kind).toBe('event');
  fc.assert(
    fc.property(unknown(known), fc.constantFrom(...CONSENT_STATES), (value, tilstand) => {
      const verdict = read({ tilstand, [field]: value });
      expect(verdict.kind).toBe('malformed');
      expect(verdict.kind === 'malformed' && verdict.problems.map((problem) => problem.field)).toContain(
        field,
      );
    }),
    runs(500),
  );
});

describe('what a consent names', () => {
  const scopeIn = (changes: object) => {
    const verdict = read(changes);
    return verdict.kind === 'event' && verdict.event.kind === 'Consent' ? verdict.event.scope : verdict.kind;
  };

  it('is absent where it is not said, and measures where it is, as one word or a list', () => {
    for (const omfang of [undefined, null, '', []]) expect(scopeIn({ omfang })).toBeUndefined();
    for (const omfang of ['TILTAK', ['TILTAK'], ['tiltak', 'TILTAK']])
      expect(scopeIn({ omfang })).toEqual(['TILTAK']);
  });

  it.each([
    'ALT',
    'TILTAKENE',
    ['TILTAK', 'YTELSE'],
    ['TILTAK', ''],
    ['TILTAK', null],
    [['TILTAK']],
    {},
    1,
    true,
  ])('of a yes that names %j it is quarantined, and never guessed', (omfang) => {
    const verdict = read({ omfang });
    expect(verdict.kind === 'malformed' && verdict.problems.map(({ field }) => field)).toEqual(['omfang']);
    expect(JSON.stringify(verdict)).not.toMatch(/ALT"|TILTAKENE|YTELSE/);
  });

  it('is no matter to an answer that is no yes: it stops all of it, also when what it names is not known', () => {
    const plain = read({ tilstand: 'TRUKKET' });
    expect(read({ tilstand: 'TRUKKET', omfang: ['TILTAK'] })).toEqual(plain);
    expect(read({ tilstand: 'TRUKKET', omfang: ['YTELSE'] })).toMatchObject({
      kind: 'event',
      event: plain.kind === 'event' && plain.event,
      faults: [{ code: 'TOOK_EFFECT' }, { field: 'omfang' }],
    });
  });

  it('is part of the name of an answer without an id, so that two of one moment are both known', () => {
    const idOf = (changes: object) => {
      const verdict = read(changes);
      return verdict.kind === 'event' ? verdict.event.id : '';
    };
    expect(idOf({ omfang: ['TILTAK'] })).not.toBe(idOf({}));
    expect(idOf({ omfang: [] })).toBe(idOf({}));
  });
});

describe('how many guardians there are', () => {
  const guardiansIn = (changes: object) => {
    const verdict = read(changes);
    return verdict.kind === 'event' && verdict.event.kind === 'Consent'
      ? verdict.event.guardians
      : verdict.kind;
  };

  it('is absent where it is not said, and one or two where it is', () => {
    expect(guardiansIn({})).toBeUndefined();
    expect(guardiansIn({ antallForesatte: 1 })).toBe(1);
    expect(guardiansIn({ antallForesatte: 2, part: 'FORESATT2' })).toBe(2);
  });

  it.each([0, 3, -1, 1.5, '1', 'to', true, [], {}])('%j is refused, and not guessed', (antallForesatte) => {
    const verdict = read({ antallForesatte });
    expect(verdict.kind === 'malformed' && verdict.problems.map(({ field }) => field)).toEqual([
      'antallForesatte',
    ]);
  });

  it('is never one in an answer of the second guardian: a yes is refused, a no counts without it', () => {
    const second = { part: 'FORESATT2', antallForesatte: 1 };
    expect(guardiansIn(second)).toBe('malformed');
    const no = read({ ...second, tilstand: 'IKKE_SAMTYKKET' });
    expect(no).toMatchObject({
      kind: 'event',
      faults: [{ code: 'TOOK_EFFECT' }, { field: 'antallForesatte' }],
    });
    expect(no.kind === 'event' && 'guardians' in no.event).toBe(false);
  });

  it('is one, which opens, only in a record that is right in every field; two in any that counts', () => {
    const faulty = { tilstand: 'TRUKKET', gyldigTil: 'aldri' };
    expect(guardiansIn({ ...faulty, antallForesatte: 1 })).toBeUndefined();
    expect(guardiansIn({ ...faulty, antallForesatte: 2 })).toBe(2);
  });
});
