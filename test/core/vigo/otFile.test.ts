import { expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { vigoContent } from '../../../src/core/vigo/otFile.ts';
import { FEEDS } from '../../../src/core/youth/statusEvent.ts';
import type { Youth } from '../../../src/core/youth/youth.ts';
import { consent, left, navAnswer, story } from '../../harness/story.ts';

const COUNTY = { county: countyNumber('40'), from: '2025-26' };
const contentOf = (youth: Youth, withAlerts = true) => vigoContent(youth, { ...COUNTY, withAlerts });

/** Registered in October, and known to NAV from November. */
function knownToNav() {
  const youth = story({ born: '2006-11-02' });
  youth.when('2026-10-01T08:00:00Z', left('40014', 'AF'));
  youth.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  youth.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  youth.when('2026-11-10T08:00:00Z', navAnswer('2026-11', 'JA', '4601'), {
    ...{ feed: 'nav-match', source: 'nav', id: '2026-11:1', effective: '2026-11-01' },
  });
  return youth.youth();
}

test('the newest open alert is reported where asked for, and only there', () => {
  const youth = story({ born: '2008-11-02' });
  youth.when('2026-10-01T08:00:00Z', left('40014', 'AF'));
  expect(contentOf(youth.youth())).toMatchObject({ aktivitetskode: 'OTUK', varsel: 'NY_TILMELDING' });
  expect(contentOf(youth.youth(), false)).toMatchObject({ aktivitetskode: 'OTUK', varsel: null });
});

test('what NAV has answered is never reported, though it is the newest alert', () => {
  const youth = knownToNav();
  const [newest] = youth.alerts.toSorted((a, b) => (a.effective < b.effective ? 1 : -1));
  expect(newest).toMatchObject({ kind: 'KJENT_HOS_NAV', feed: 'nav-match' });
  expect(contentOf(youth)).toMatchObject({ varsel: 'NY_TILMELDING' });
  const alone = { ...youth, alerts: youth.alerts.filter(({ kind }) => kind === 'KJENT_HOS_NAV') };
  expect(alone.alerts).toHaveLength(1);
  expect(contentOf(alone)).toMatchObject({ aktivitetskode: 'OTUK', varsel: null });
  // Nor when another record brought it about, nor another alert that rests on a record of NAV's.
  const by = (changes: object) => ({
    ...alone,
    alerts: alone.alerts.map((each) => ({ ...each, ...changes })),
  });
  expect(contentOf(by({ feed: 'consent' }))).toMatchObject({ varsel: null });
  expect(contentOf(by({ kind: 'STATUS_MA_ENDRES' }))).toMatchObject({ varsel: null });
  expect(contentOf(by({ kind: 'STATUS_MA_ENDRES', feed: 'consent' }))).toMatchObject({
    varsel: 'STATUS_MA_ENDRES',
  });
});

test('each feed of NAV’s is named so that it is known for one', () => {
  expect(FEEDS.filter((feed) => feed.includes('nav')).every((feed) => feed.startsWith('nav-'))).toBe(true);
});

test.each(['FORTROLIG', 'STRENGT_FORTROLIG', 'STRENGT_FORTROLIG_UTLAND'] as const)(
  'a youth whose address is graded %s is not reported',
  (grade) => {
    const youth = story({ born: '2008-11-02' });
    youth.when('2026-10-01T08:00:00Z', left('40014', 'AF'));
    expect(contentOf(youth.youth())).not.toBeNull();
    youth.when('2026-10-02T08:00:00Z', { kind: 'Protection', grade } as never);
    expect(contentOf(youth.youth())).toBeNull();
  },
);

test('nothing is reported of a youth that was merged, is unknown, or is registered elsewhere or long ago', () => {
  const youth = story({ born: '2008-11-02' });
  youth.when('2026-10-01T08:00:00Z', left('40014', 'AF'));
  const now = youth.youth();
  expect(contentOf({ ...now, mergedInto: 'another' as never })).toBeNull();
  expect(contentOf({ ...now, asOf: null })).toBeNull();
  expect(vigoContent(now, { county: countyNumber('46'), from: '2025-26', withAlerts: true })).toBeNull();
  expect(vigoContent(now, { ...COUNTY, from: '2027-28', withAlerts: true })).toBeNull();
});
