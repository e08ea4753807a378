import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { statusIn } from '../../../src/core/codelists/otStatus.ts';
import { digest } from '../../../src/core/digest.ts';
import { alreadyInActivity } from '../../../src/core/rules/contact.ts';
import { GROUNDS } from '../../../src/core/rules/ground.ts';
import { PRECEDENCE } from '../../../src/core/rules/precedence.ts';
import {
  IN_TRAINING,
  inTraining,
  preventive,
  registeredByMistake,
} from '../../../src/core/rules/proposal.ts';
import { RULES, reasonOf } from '../../../src/core/rules/rules.ts';
import { firstStatus } from '../../../src/core/rules/tilmelding.ts';
import { RULES_PAGE, rulesPage } from '../../golden/make/rules.ts';

it('every rule occurs once, with a sentence and a source', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { text, source } of RULES) {
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(source).not.toBe('');
  }
});

it('every rule of the domain reference has its entry, R01 to R50', () => {
  const numbered = RULES.map(({ id }) => id).filter((id) => id.startsWith('R'));
  const wanted = Array.from({ length: 50 }, (_, n) => `R${String(n + 1).padStart(2, '0')}`);
  expect(
    numbered.sort(),
    'a rule without a number of the reference takes a letter of its own (Q: decided here; see src/core/rules/ruleId.ts)',
  ).toEqual(wanted);
});

it('only what nothing is computed of leads to nothing', () => {
  for (const { id, kind, leadsTo } of RULES)
    expect([id, leadsTo === undefined]).toEqual([id, kind === 'informs']);
});

it('the page of rules is what the code says', () => {
  const page = readFileSync(RULES_PAGE, 'utf8');
  expect(page === rulesPage(), 'Cure: npm run rules, then read the diff.').toBe(true);
});

it('a ground belongs to a rule and speaks for codes of the list in force', () => {
  for (const { rule, codes } of Object.values(GROUNDS)) {
    expect(reasonOf(rule)).not.toBe('');
    for (const code of codes) expect(statusIn('OT-2016-07', code)).toBeDefined();
  }
});

it('a choice is judged by rules that are published, and what they propose is in the list in force', () => {
  for (const { rule, instead } of PRECEDENCE) {
    expect(reasonOf(rule.id)).not.toBe('');
    expect(instead.proposed.length).toBeGreaterThan(0);
    for (const code of instead.proposed) expect(statusIn('OT-2016-07', code)).toBeDefined();
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

it.each(['school', 'private-school', 'apprenticeship'] as const)(
  'the one rule that applies to training of the kind %s is the one that proposes its codes',
  (training) => {
    expect(IN_TRAINING.filter((rule) => rule.applies({ training }))).toEqual([inTraining(training)]);
  },
);
