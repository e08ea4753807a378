import { expect, it } from 'vitest';
import { informsGuardians } from '../../../src/core/rules/list.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, type Story, status, story } from '../../harness/story.ts';

const WRITES: FactBody = { kind: 'Referral', by: 'SELV' };

function p19(): Story {
  const youth = story({ born: '2010-04-16', county: '56' });
  youth.when('2026-11-03T08:00:00Z', WRITES);
  return youth;
}

it('Y01 who writes to OT is seen by an adviser, and is not registered by it', () => {
  const youth = p19();
  expect(youth.registrations()).toEqual([]);
  expect(youth.open()).toEqual(['HENVENDELSE']);
  expect(youth.alert('HENVENDELSE')).toMatchObject({
    category: 'review',
    rule: 'R46',
    schoolYear: '2026-27',
    feed: 'ot-adviser',
    deadlines: [],
  });
});

it('Y01 the tilmelding is ANDRE_GRUNNER only after an adviser has confirmed it', () => {
  const youth = p19();
  youth.when('2026-11-04T08:00:00Z', {
    kind: 'Recode',
    schoolYear: '2026-27',
    tilmeldingskode: 'ANDRE_GRUNNER',
  });
  expect(youth.registrations()).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
  expect(youth.open()).not.toContain('HENVENDELSE');
});

it('Y01 an adviser may also answer with a status', () => {
  const youth = p19();
  youth.when('2026-11-04T08:00:00Z', contact);
  expect(youth.open()).toEqual(['HENVENDELSE']);
  youth.when('2026-11-04T08:01:00Z', status('2026-27', 'OTOV'));
  expect(youth.open()).not.toContain('HENVENDELSE');
});

it('Y01 nothing about it goes to any topic but the OT alerts', () => {
  expect(
    p19()
      .messages()
      .map(({ topic }) => topic),
  ).toEqual(['alert']);
});

it('Y01 that a minor wrote is no reason to inform guardians; a dropout is', () => {
  const youth = p19();
  const alert = youth.alert('HENVENDELSE');
  expect(alert.minor).toBe('JA');
  expect(informsGuardians(alert)).toBe('NEI');
  youth.when('2026-11-05T08:00:00Z', left('56014', 'FV'));
  expect(informsGuardians(youth.alert('NY_TILMELDING'))).toBe('JA');
});

it('Y01 a youth who is registered already and is talked with has been answered', () => {
  const youth = story({ born: '2010-04-16', county: '56' });
  youth.when('2026-10-07T08:00:00Z', left('56014', 'FV'));
  youth.when('2026-11-03T08:00:00Z', WRITES);
  expect(youth.open()).toContain('HENVENDELSE');
  youth.when('2026-11-04T08:00:00Z', contact);
  expect(youth.open()).not.toContain('HENVENDELSE');
});

it('Y01 what is taken back is no longer asked about', () => {
  const youth = story({ county: '56' });
  youth.when('2026-11-03T08:00:00Z', WRITES, { id: 'h-1', source: 'ot:56201' });
  youth.when('2026-11-03T09:00:00Z', { kind: 'Annulled', annuls: 'h-1' }, { source: 'ot:56201' });
  expect(youth.open()).toEqual([]);
});
