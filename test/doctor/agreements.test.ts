import { expect, test } from 'vitest';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { examineAgreements } from '../../src/doctor/agreements.ts';
import type { Installation } from '../../src/store/postgres/examination.ts';
import { reportOf } from '../../src/text/findings.ts';

const ORG = orgId('vestlandfylke-no');
const REVOKED = { at: '2026-09-10T08:00:00.000Z', by: 'l', reason: 'Sagt opp.' };
const term = (from: string, to: string, revoked: typeof REVOKED | null = null) => ({ from, to, revoked });

interface Known {
  terms?: Installation['agreements'][number]['terms'];
  waiting?: number;
  listDay?: number;
}

/** On 7 October 2026, by the organisation's own clock. */
function found({ terms = [], waiting = 0, listDay }: Known) {
  const [finding] = examineAgreements(
    {
      organisations: [{ id: ORG, county: countyNumber('46'), virtualClock: true }],
      ...(listDay !== undefined && {
        policy: { from: 'value', text: JSON.stringify({ [ORG]: { navListDay: listDay } }) },
      }),
    },
    { agreements: [{ org: ORG, now: '2026-10-07T08:00:00.000Z', terms, waiting }] },
  );
  return finding;
}

test.each<[string, Known, string, string]>([
  ['none set', {}, 'ok', 'ingen er registrert: NAV spørres ikke om noen'],
  [
    'none set, though lists are to be made',
    { listDay: 5 },
    'warning',
    'ingen er registrert, men listen skal lages den 5. i måneden',
  ],
  ['one that waits alone', { waiting: 1 }, 'warning', '1 venter på godkjenning av en person til'],
  ['one that holds', { terms: [term('2025-01-01', '2027-12-31')] }, 'ok', 'gjelder til 31.12.2027'],
  ['ended', { terms: [term('2023-10-07', '2026-10-06')] }, 'warning', 'den siste sluttet 06.10.2026'],
  [
    'revoked',
    { terms: [term('2023-10-07', '2027-10-06', REVOKED)] },
    'warning',
    'den siste ble trukket tilbake 10.09.2026',
  ],
  [
    'one that begins later',
    { terms: [term('2023-01-01', '2026-10-01'), term('2026-11-01', '2029-10-31')] },
    'warning',
    'ingen gjelder nå: neste begynner 01.11.2026',
  ],
  [
    'ends within 60 days',
    { terms: [term('2023-01-01', '2026-12-06')] },
    'warning',
    'slutter 06.12.2026, om mindre enn 61 dager',
  ],
  ['ends in 61 days', { terms: [term('2023-01-01', '2026-12-07')] }, 'ok', 'gjelder til 07.12.2026'],
  [
    'ends within 14 days',
    { terms: [term('2023-01-01', '2026-10-21')], waiting: 1 },
    'warning',
    'slutter 21.10.2026, om mindre enn 15 dager, og ingen følger den; 1 venter',
  ],
  [
    'is followed without a gap',
    { terms: [term('2023-01-01', '2026-10-21'), term('2026-10-22', '2029-10-21')] },
    'ok',
    'gjelder til 21.10.2026',
  ],
])('%s', (_what, known, level, text) => {
  const finding = found(known);
  expect(finding).toMatchObject({ checked: `Avtalen med NAV, ${ORG}`, level });
  expect(finding?.found).toContain(text);
  expect(finding?.cure === null).toBe(level === 'ok');
  if (finding !== undefined) expect(reportOf([{ title: 'Driften', findings: [finding] }])).toContain(text);
});

test('an organisation that the database does not know yet has none', () => {
  const organisations = [{ id: ORG, county: countyNumber('46'), virtualClock: false }];
  expect(examineAgreements({ organisations }, { agreements: [] })).toMatchObject([{ level: 'ok' }]);
});
