import { describe, expect, test } from 'vitest';
import { stillDisclosed } from '../../../src/core/consent/stillDisclosed.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { AGREED } from '../../harness/navRegisters.ts';
import { consent, left, participation, story } from '../../harness/story.ts';

const policy = defaultPolicy(countyNumber('40'));
const NOW = '2026-11-03T09:00:00.000Z';

function proposed() {
  const youth = story();
  youth.when('2026-10-01T08:00:00Z', left('40014', 'FV'));
  youth.when('2026-10-05T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
  youth.when('2026-10-05T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
  youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), { source: 'nav', id: 'deltaker:1' });
  return youth;
}

describe('a proposal that one of NAV’s registers has led to', () => {
  const isProposal = ({ kind }: { kind: string }) => kind === 'STATUS_FORSLAG';

  test('may leave while the consents permit it', () => {
    expect(stillDisclosed(proposed().youth(), isProposal, { now: NOW, policy })).toBe(true);
  });

  test('may not when a consent runs out before it leaves', () => {
    const youth = proposed().youth();
    const validTo = '2026-11-03T08:30:00.000Z';
    const facts = youth.facts.map((fact) => (fact.kind === 'Consent' ? { ...fact, validTo } : fact));
    expect(stillDisclosed({ ...youth, facts }, isProposal, { now: NOW, policy })).toBe(false);
  });

  test('may not when it is no longer open', () => {
    expect(stillDisclosed(proposed().youth(), () => false, { now: NOW, policy })).toBe(false);
  });
});
