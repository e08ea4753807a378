import { expect, it } from 'vitest';
import { statusIn } from '../../src/core/codelists/otStatus.ts';
import { digest } from '../../src/core/digest.ts';
import { alreadyInActivity } from '../../src/core/rules/contact.ts';
import { inTraining, preventive, registeredByMistake } from '../../src/core/rules/proposal.ts';
import { firstStatus } from '../../src/core/rules/tilmelding.ts';
import { RULES, reasonOf } from '../../src/core/rules.ts';

it('every rule stands once, with a sentence and a source', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { text, source } of RULES) {
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(source).not.toBe('');
  }
});

it('the rules of this pass are there', () => {
  const ids = new Set(RULES.map(({ id }) => id));
  for (const id of ['R01', 'R02', 'R03', 'R05', 'R06', 'R24', 'R34', 'R40', 'R43', 'R48', 'R50'] as const) {
    expect(ids).toContain(id);
    expect(reasonOf(id)).not.toBe('');
  }
});

it('a rule without a sentence cannot be cited', () => {
  expect(() => reasonOf('R99')).toThrow();
});

it('every code a rule leads to is in the list in force', () => {
  const codes = [
    firstStatus.leadsTo.code,
    registeredByMistake.leadsTo.proposed,
    ...preventive.leadsTo.codes,
    ...[...alreadyInActivity.leadsTo.instead].flat(),
    ...(['school', 'private-school', 'apprenticeship'] as const).flatMap((training) =>
      Object.values(inTraining(training).leadsTo),
    ),
  ];
  for (const code of codes) expect(statusIn('OT-2016-07', code)).toBeDefined();
});

it('causes that differ in one character have names that differ', () => {
  const names = new Set<string>();
  for (let i = 0; i < 20_000; i += 1) names.add(digest(`NY_TILMELDING:2026-27:40:${i}`));
  expect(names.size).toBe(20_000);
  expect(digest('')).toMatch(/^[0-9a-f]{16}$/);
});
