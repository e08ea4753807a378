import fc from 'fast-check';
import { expect, it } from 'vitest';
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
