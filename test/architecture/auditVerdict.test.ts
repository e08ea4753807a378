import { expect, test } from 'vitest';
import { auditVerdict } from './auditVerdict.ts';

const report = (high: number, critical: number, vulnerabilities: object) =>
  JSON.stringify({ metadata: { vulnerabilities: { high, critical } }, vulnerabilities });

test('a high or critical vulnerability fails, by the name of its package', () => {
  expect(auditVerdict(report(1, 0, { leaky: { severity: 'high' }, dull: { severity: 'low' } }))).toEqual({
    failed: true,
    text: '1 high, 0 critical: leaky (high)',
  });
  expect(auditVerdict(report(0, 0, { dull: { severity: 'moderate' } })).failed).toBe(false);
});

test.each(['', 'not json', '{"message":"405 Method Not Allowed"}'])(
  'an answer that is no report fails nothing, and is called not checked: %s',
  (answer) => {
    const { failed, text } = auditVerdict(answer);
    expect(failed).toBe(false);
    expect(text).toMatch(/^NOT CHECKED/);
  },
);
