import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOrganisations } from '../../src/bridge/organisations.ts';
import { type Environment, readConfig } from '../../src/config/config.ts';
import { loadPolicies } from '../../src/config/policy.ts';
import { describePolicy, POLICY_FIELDS } from '../../src/config/policyFields.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy, policyWith } from '../../src/core/policy.ts';

const ORGANISATIONS = [
  { id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false },
  { id: orgId('vestfoldfylke-no'), county: countyNumber('39'), virtualClock: false },
];

function read(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return loadPolicies({ from: 'value', text }, ORGANISATIONS);
}

function changeOf(fields: unknown) {
  const policies = read({ 'telemarkfylke-no': fields });
  if (!policies.ok) throw new Error(policies.message);
  return policies.value.get(orgId('telemarkfylke-no')) ?? {};
}

function linesOf(value: unknown): string[] {
  const policies = read(value);
  if (policies.ok) return [];
  return policies.message
    .replace(/^POLICY kan ikke brukes:\s/, '')
    .split('\n')
    .map((line) => line.trim());
}

const ALTINN = { side: 'A', resource: 'ot-spor-nav', to: '889640782', metadata: {} };
const wrong = (fields: unknown) => linesOf({ 'telemarkfylke-no': fields });

describe('a county’s own policy', () => {
  test('every field of the policy can be set, and every one that is set is used', () => {
    const change = {
      defaultOwner: '40201',
      graceDays: { school: 2, apprenticeship: 7 },
      sameMoveDays: 6,
      justLeftDays: 28,
      watchDays: 21,
      annulmentHours: 48,
      absencesBeforeReview: 3,
      schoolAbsencesBeforeReview: 2,
      listHours: 72,
      teachingEnds: '06-10',
      meetingWithoutPlans: '05-15',
      deadlineDays: { contact: 5, guidance: 14 },
      noShowCode: 'AVBRUTT',
      ageLimits: [{ from: '0000-01-01', limit: 22 }],
      majority: [{ from: '0000-01-01', age: 19 }],
      consentAge: [
        { from: '0000-01-01', age: 15 },
        { from: '2024-01-01', age: 18 },
      ],
      altinnConsents: [
        { side: 'A', resource: 'ot-spor-nav', to: '889640782', metadata: { fylke: '40' } },
        { side: 'B', resource: 'nav-svarer-ot', to: '974760673', metadata: {}, omfang: ['TILTAK'] },
      ],
      helpline: { name: 'OT i Telemark', phone: '35 91 70 00' },
      navListDay: 5,
      closingDays: 60,
      practiceDays: null,
      serviceMonths: [{ from: '0000-01-01', months: 11 }],
      schoolYearOpens: '08-15',
      activations: { 'OT-2016-07': '2016-08-15' },
      deviatingNames: 'TELLER',
      keepNames: false,
      reportDaysBefore: 5,
      smallCell: 3,
      countedOnceBy: 'NUMBER',
      wheel: [{ id: 'W24', schoolYear: '2026-27', from: '2026-10-05', to: '2026-10-09' }],
      channels: ['TELEFON', 'SMS'],
      letterSmsDays: 10,
    } as const;
    const fields = Object.keys(defaultPolicy(countyNumber('40'))).filter((name) => name !== 'county');
    expect(Object.keys(POLICY_FIELDS).sort()).toEqual(fields.sort());
    expect(Object.keys(change).sort()).toEqual(fields.sort());
    const policy = policyWith(countyNumber('40'), changeOf(change));
    expect(policy).toEqual({ county: '40', ...change });
    for (const [name, value] of Object.entries(defaultPolicy(countyNumber('40')))) {
      if (name !== 'county') expect(Object.entries(policy), name).not.toContainEqual([name, value]);
    }
  });

  test('what is not set goes by the default, also inside a value with parts', () => {
    const policy = policyWith(countyNumber('40'), changeOf({ graceDays: { school: 3 } }));
    expect(policy).toEqual({
      ...defaultPolicy(countyNumber('40')),
      graceDays: { school: 3, apprenticeship: 5 },
    });
  });

  test('an organisation has its own, and the others go by the default', () => {
    const policies = read({ 'vestfoldfylke.no': { smallCell: 10 } });
    if (!policies.ok) throw new Error(policies.message);
    const organisations = createOrganisations(
      ORGANISATIONS.map((organisation) => ({
        ...organisation,
        policy: policies.value.get(organisation.id) ?? {},
      })),
    );
    expect(organisations.policyOf(orgId('vestfoldfylke-no')).smallCell).toBe(10);
    expect(organisations.policyOf(orgId('telemarkfylke-no'))).toEqual(defaultPolicy(countyNumber('40')));
  });

  test('an unknown field stops the start, and is named with its place', () => {
    const [line = ''] = wrong({ gracedays: { school: 3 } });
    expect(line).toMatch(
      /^telemarkfylke-no\.gracedays er ikke noe felt; feltene er defaultOwner, graceDays,/,
    );
    expect(wrong({ graceDays: { schools: 3 } })).toEqual([
      'telemarkfylke-no.graceDays.schools er ikke noe felt',
    ]);
    expect(wrong({ county: '39' })).toHaveLength(1);
    expect(
      wrong({ wheel: [{ id: 'W24', schoolYear: '2026-27', from: '2026-10-05', til: '2026-10-09' }] }),
    ).toContain('telemarkfylke-no.wheel.0.til er ikke noe felt');
  });

  test('an organisation that is not set up stops the start', () => {
    expect(linesOf({ 'agderfylke-no': {} })).toEqual(['agderfylke-no står ikke i ORGANISATIONS']);
    expect(linesOf({ møre: {} })).toEqual(['møre står ikke i ORGANISATIONS']);
    expect(linesOf({ 'telemarkfylke-no': {}, 'telemarkfylke.no': {} })).toEqual([
      'telemarkfylke.no er nevnt to ganger',
    ]);
  });

  test.each<[string, unknown]>([
    ['graceDays.school', { graceDays: { school: -1 } }],
    ['graceDays.school', { graceDays: { school: 1.5 } }],
    ['graceDays', { graceDays: 5 }],
    ['defaultOwner', { defaultOwner: '402' }],
    ['closingDays', { closingDays: '31' }],
    ['practiceDays', { practiceDays: 'aldri' }],
    ['navListDay', { navListDay: 29 }],
    ['noShowCode', { noShowCode: 'IKKE_SOKT' }],
    ['teachingEnds', { teachingEnds: '02-29' }],
    ['ageLimits', { ageLimits: [] }],
    ['majority', { majority: [] }],
    ['consentAge.0.age', { consentAge: [{ from: '0000-01-01', age: 14 }] }],
    ['ageLimits', { ageLimits: [{ from: '2024-08-01', limit: 24 }] }],
    [
      'ageLimits',
      {
        ageLimits: [
          { from: '0000-01-01', limit: 21 },
          { from: '2024-08-01', limit: 24 },
          { from: '2024-08-01', limit: 25 },
        ],
      },
    ],
    ['ageLimits.0.from', { ageLimits: [{ from: '01.01.2020', limit: 24 }] }],
    ['activations.OT-2030-01', { activations: { 'OT-2030-01': '2030-08-01' } }],
    ['smallCell', { smallCell: 2 }],
    ['altinnConsents.0.to', { altinnConsents: [{ ...ALTINN, to: '123456789' }] }],
    ['altinnConsents.0.to', { altinnConsents: [{ ...ALTINN, to: 889640782 }] }],
    ['altinnConsents.0.omfang.0', { altinnConsents: [{ ...ALTINN, omfang: ['YTELSE'] }] }],
    ['altinnConsents.0.omfang', { altinnConsents: [{ ...ALTINN, omfang: 'TILTAK' }] }],
    ['altinnConsents.0.side', { altinnConsents: [{ ...ALTINN, side: 'C' }] }],
    ['altinnConsents.0.resource', { altinnConsents: [{ ...ALTINN, resource: 'to ord' }] }],
    ['altinnConsents.0.metadata.ungdom', { altinnConsents: [{ ...ALTINN, metadata: { ungdom: '1' } }] }],
    ['altinnConsents.0.metadata.fylke', { altinnConsents: [{ ...ALTINN, metadata: { fylke: 40 } }] }],
    ['helpline.phone', { helpline: { name: 'OT i Telemark', phone: 'ring meg' } }],
    ['helpline.name', { helpline: { name: '', phone: '35 91 70 00' } }],
    ['channels', { channels: [] }],
    ['channels', { channels: ['SMS', 'SMS'] }],
    ['channels.0', { channels: ['DUE'] }],
    ['wheel.0.id', { wheel: [{ id: 'W34', schoolYear: '2026-27', from: '2026-10-05', to: '2026-10-09' }] }],
    ['wheel.0', { wheel: [{ id: 'W24', schoolYear: '2026-27', from: '2026-10-09', to: '2026-10-05' }] }],
    ['wheel.0', { wheel: [{ id: 'W24', schoolYear: '2026-27', from: '2027-10-05', to: '2027-10-09' }] }],
    [
      'wheel.0.schoolYear',
      { wheel: [{ id: 'W24', schoolYear: '2026-2027', from: '2026-10-05', to: '2026-10-09' }] },
    ],
  ])('%s is reported in one line of bokmål: %j', (field, fields) => {
    const lines = wrong(fields);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      new RegExp(`^telemarkfylke-no\\.${field.replaceAll('.', '\\.')} (skal|nevner|står) `),
    );
  });

  test('all faults are reported together, and none repeats a value', () => {
    const secret = 'Str3ngHemmelig';
    const lines = linesOf({
      'telemarkfylke-no': Object.fromEntries(Object.keys(POLICY_FIELDS).map((name) => [name, secret])),
    });
    expect(lines).toHaveLength(Object.keys(POLICY_FIELDS).length);
    expect(lines.join()).not.toContain(secret);
  });

  test('text that is no JSON is reported with its place and nothing of it', () => {
    const [line = ''] = linesOf('{\n  "Str3ngHemmelig": oops }');
    expect(line).toMatch(/^er ikke gyldig JSON( \(linje 2, kolonne \d+\))?$/);
    expect(linesOf('[]')).toEqual(['skal være et objekt med en organisasjon per felt']);
    expect(linesOf({ 'telemarkfylke-no': [] })).toEqual([
      'telemarkfylke-no skal være et objekt med navngitte felt',
    ]);
  });

  test('a file is read, and one that is missing is reported by its variable', () => {
    const dir = mkdtempSync(join(tmpdir(), 'ot-bridge-policy-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const path = join(dir, 'policy.json');
    expect(loadPolicies({ from: 'file', path }, ORGANISATIONS)).toMatchObject({
      ok: false,
      message: expect.stringContaining('POLICY_FILE'),
    });
    writeFileSync(path, '{"telemarkfylke-no":{"smallCell":0}}');
    const policies = loadPolicies({ from: 'file', path }, ORGANISATIONS);
    expect(policies.ok && policies.value.get(orgId('telemarkfylke-no'))).toEqual({ smallCell: 0 });
    writeFileSync(path, '{"telemarkfylke-no":{"smallCell":1}}');
    const bad = loadPolicies({ from: 'file', path }, ORGANISATIONS);
    expect(bad.ok ? '' : bad.message).toMatch(/^POLICY_FILE \(.*policy\.json\) kan ikke brukes: telemark/);
  });

  test('the variables name one source of it', () => {
    const of = (env: Environment) => {
      const config = readConfig(env);
      return config.ok ? config.config.policy : config.message;
    };
    expect(of({})).toBeUndefined();
    expect(of({ POLICY: '{}' })).toEqual({ from: 'value', text: '{}' });
    expect(of({ POLICY_FILE: '/etc/ot/policy.json' })).toEqual({ from: 'file', path: '/etc/ot/policy.json' });
    expect(of({ POLICY: '{}', POLICY_FILE: '/etc/ot/policy.json' })).toContain('kan ikke begge være satt');
    expect(loadPolicies(undefined, ORGANISATIONS)).toEqual({ ok: true, value: new Map() });
  });

  test('every field is in the table of docs/drift.md with its default and what it decides', () => {
    const rows = describePolicy().trimEnd().split('\n').slice(2);
    expect(rows).toHaveLength(Object.keys(POLICY_FIELDS).length);
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| [^|]+ \| [^|]+\. \|$/);
    expect(describePolicy()).not.toContain('undefined');
  });
});
