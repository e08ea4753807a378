import { describe, expect, it } from 'vitest';
import { mayKeepRecord, mayKeepRegister } from '../../../src/core/nav/registers.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { programmeFromEighteen } from '../../../src/core/rules/nav.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH } from '../../../src/core/youth/youth.ts';
import { AGREED, AGREEMENT } from '../../harness/navRegisters.ts';
import {
  atNav,
  consent,
  contact,
  factOf,
  left,
  type Provenance,
  participation,
  status,
  story,
} from '../../harness/story.ts';

const policy = defaultPolicy(countyNumber('40'));
const agreements = [AGREEMENT];

/** A dropout in OT, with both consents. */
function consenting(more: { born?: string } = {}) {
  const youth = story(more);
  youth.when('2026-10-01T08:00:00Z', left('40014', 'FV'));
  youth.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
  youth.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
  // Deadlines that fall due are no matter here.
  youth.wait('2026-11-01T08:00:00Z');
  return youth;
}

const of = (version: number, effective = '2026-11-02', id = 'deltaker:1'): Provenance => ({
  source: 'nav',
  id,
  version,
  effective,
});

describe('W18 a participation in a measure', () => {
  it('DELTAR before OT has had contact proposes OTAP that is not through OT, and sets nothing', () => {
    const youth = consenting();
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({
      category: 'proposal',
      proposed: ['OTAP'],
      viaOt: 'NEI',
      rule: 'Q27',
      feed: 'nav-deltaker',
      office: null,
    });
    expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it('DELTAR from a day after the first contact proposes OTAP through OT', () => {
    const youth = consenting();
    youth.when('2026-10-20T08:00:00Z', contact);
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTAP'], viaOt: 'JA', rule: 'Q26' });
  });

  it('a measure that began on the day of the first contact, or before it, did not come through OT', () => {
    const youth = consenting();
    youth.when('2026-11-02T08:00:00Z', contact, { effective: '2026-11-02' });
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1, '2026-11-02'));
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ viaOt: 'NEI', rule: 'Q27' });
  });

  it.each([
    { provider: 'FYLKE', to: null, rule: 'Q28', proposed: 'OTKO', viaOt: null },
    { provider: 'KOMMUNE', to: '2027-06-01', rule: 'Q28', proposed: 'OTKO', viaOt: null },
    { provider: 'KOMMUNE', to: '2026-11-01', rule: 'Q27', proposed: 'OTAP', viaOt: 'NEI' },
    { provider: 'NAV', to: null, rule: 'Q27', proposed: 'OTAP', viaOt: 'NEI' },
  ] as const)(
    'beside a measure of $provider until $to it is $proposed',
    ({ provider, to, rule, proposed, viaOt }) => {
      const youth = consenting();
      const own: FactBody = { kind: 'Measure', provider, content: 'OPPLARING', to };
      youth.when('2026-10-20T08:00:00Z', own, { effective: '2026-10-20' });
      youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
      expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: [proposed], viaOt, rule });
    },
  );

  it('a first contact that is reported late, and was before the measure, makes the same proposal one through OT', () => {
    const youth = consenting();
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    const before = youth.alert('STATUS_FORSLAG');
    expect(before.viaOt).toBe('NEI');
    const events = youth.when('2026-11-04T08:00:00Z', contact, { effective: '2026-10-20' });
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ id: before.id, viaOt: 'JA', rule: 'Q26' });
    expect(events.filter(({ type }) => type.startsWith('Alert')).map(({ type }) => type)).toContain(
      'AlertChanged',
    );
    // Only the first contact counts, not one after the measure had begun.
    const late = consenting();
    late.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    late.when('2026-11-04T08:00:00Z', contact, { effective: '2026-11-03' });
    expect(late.alert('STATUS_FORSLAG').viaOt).toBe('NEI');
  });

  it('a part of the county’s that begins later makes it OTKO on that day, and OTAP again when it is over', () => {
    const youth = consenting();
    const own: FactBody = { kind: 'Measure', provider: 'FYLKE', content: 'OPPLARING', to: '2027-01-10' };
    youth.when('2026-10-20T08:00:00Z', own, { effective: '2026-12-01' });
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTAP']);
    youth.wait('2026-12-01T08:00:00Z');
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTKO']);
    youth.wait('2027-01-10T08:00:00Z');
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTAP']);
  });

  it('what the adviser has stated of the county’s part counts too', () => {
    const youth = consenting();
    youth.when('2026-10-19T08:00:00Z', contact);
    youth.when(
      '2026-10-20T08:00:00Z',
      status('2026-27', 'OTOA', { grounds: ['FYLKETS_TILTAK'], viaOt: 'JA' }),
    );
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTKO'], rule: 'Q28' });
  });

  it.each([
    ...['VENTER_PA_OPPSTART', 'SOKT_INN', 'VURDERES', 'VENTELISTE'],
    ...['KLADD', 'PABEGYNT_REGISTRERING', 'UTKAST_TIL_PAMELDING', 'AVBRUTT_UTKAST'],
    ...['IKKE_AKTUELL', 'HAR_SLUTTET', 'FULLFORT', 'AVBRUTT', 'EN_HELT_NY_STATUS'],
  ])('%s lifts nothing', (state) => {
    const youth = consenting();
    const before = youth.open();
    youth.when('2026-11-03T08:00:00Z', participation(state), of(1));
    expect(youth.open()).toEqual(before);
    expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it.each(['FEILREGISTRERT', 'SLETTET', 'IKKE_AKTUELL'])(
    '%s takes back the proposal that came of it',
    (state) => {
      const youth = consenting();
      const before = youth.open();
      youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
      youth.when('2026-11-04T08:00:00Z', participation(state), of(2));
      expect(youth.open()).toEqual(before);
      // An older record that comes again does not bring it back.
      expect(youth.when('2026-11-05T08:00:00Z', participation('DELTAR'), of(1))).toEqual([]);
      expect(youth.open()).toEqual(before);
    },
  );

  it('an adviser who has reported since has answered; what NAV says later asks again', () => {
    const youth = consenting();
    youth.when('2026-10-20T08:00:00Z', contact);
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    youth.when('2026-11-04T08:00:00Z', status('2026-27', 'OTOV'));
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
    youth.when('2026-11-05T08:00:00Z', participation('DELTAR', { measure: 'JOBBKLUBB' }), of(2));
    expect(youth.open()).toContain('STATUS_FORSLAG');
  });

  it('nothing is proposed of what is set already, of a combined measure, or to one outside the target group', () => {
    for (const code of ['OTAP', 'OTKO', 'OTEV_IM']) {
      const youth = consenting();
      youth.when('2026-10-20T08:00:00Z', contact);
      const grounds = code === 'OTEV_IM' ? ['ELEV_OFFENTLIG', 'VAR_I_AKTIVITET'] : ['NAV_TILTAK'];
      youth.when('2026-10-21T08:00:00Z', status('2026-27', code, { grounds, viaOt: 'JA' }));
      youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
      expect(youth.open()).not.toContain('STATUS_FORSLAG');
    }
  });

  it.each(['HAR_SLUTTET', 'FULLFORT', 'AVBRUTT'])(
    '%s while the code is OTAP asks the adviser, with OTOV',
    (state) => {
      const youth = consenting();
      youth.when('2026-10-20T08:00:00Z', contact);
      youth.when('2026-10-21T08:00:00Z', status('2026-27', 'OTAP', { grounds: ['NAV_TILTAK'], viaOt: 'JA' }));
      youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
      youth.when('2026-12-01T08:00:00Z', participation(state), of(2));
      expect(youth.alert('STATUS_MA_ENDRES')).toMatchObject({
        category: 'review',
        proposed: ['OTOV'],
        rule: 'Q29',
        feed: 'nav-deltaker',
      });
      expect(youth.registrations()).toEqual(['AVBRUTT OTAP 2026-27']);
      youth.when('2026-12-02T08:00:00Z', status('2026-27', 'OTOV'));
      expect(youth.open()).not.toContain('STATUS_MA_ENDRES');
    },
  );

  it('one measure that is over says nothing while another goes on', () => {
    const youth = consenting();
    youth.when('2026-10-20T08:00:00Z', contact);
    youth.when('2026-10-21T08:00:00Z', status('2026-27', 'OTAP', { grounds: ['NAV_TILTAK'], viaOt: 'JA' }));
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    youth.when('2026-11-03T09:00:00Z', participation('HAR_SLUTTET'), of(1, '2026-09-01', 'deltaker:2'));
    expect(youth.open()).not.toContain('STATUS_MA_ENDRES');
  });

  it('a youth without a registration gets no proposal', () => {
    const youth = story();
    youth.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
    youth.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(youth.open()).toEqual([]);
  });
});

describe('the other registers', () => {
  it.each(['ARBEIDSSOKER', 'OPPFOLGING'] as const)('%s alone changes no code and raises nothing', (about) => {
    const youth = consenting();
    const before = youth.open();
    youth.when('2026-11-03T08:00:00Z', atNav(about), of(1));
    expect(youth.open()).toEqual(before);
    expect(youth.youth().facts).toContainEqual(expect.objectContaining({ about, state: 'AKTIV' }));
  });

  it('W9 the youth programme proposes OTAP from its first day to its last', () => {
    const youth = consenting();
    const programme = atNav('UNGDOMSPROGRAM', { to: '2027-02-01' });
    youth.when('2026-11-03T08:00:00Z', programme, { ...of(1, '2026-12-01'), feed: 'nav-ungdomsprogram' });
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
    youth.wait('2026-12-01T08:00:00Z');
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTAP'], feed: 'nav-ungdomsprogram' });
    youth.wait('2027-02-01T08:00:00Z');
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
  });

  it('W9 when the programme is over and the code is OTAP, the adviser is asked', () => {
    const youth = consenting();
    youth.when('2026-11-01T08:00:00Z', contact);
    youth.when('2026-11-03T08:00:00Z', atNav('UNGDOMSPROGRAM', { to: '2027-02-01' }), of(1, '2026-11-02'));
    youth.when('2026-11-04T08:00:00Z', status('2026-27', 'OTAP', { grounds: ['NAV_TILTAK'], viaOt: 'JA' }));
    youth.wait('2027-02-01T08:00:00Z');
    // The adviser's code came after NAV's record: it was set with the end in view, so nothing is asked.
    expect(youth.open()).not.toContain('STATUS_MA_ENDRES');
    youth.when('2027-02-02T08:00:00Z', atNav('UNGDOMSPROGRAM', { to: '2027-02-01' }), of(2, '2026-11-02'));
    expect(youth.alert('STATUS_MA_ENDRES').rule).toBe('Q29');
  });

  it('one that NAV has deleted says nothing', () => {
    const youth = consenting();
    youth.when('2026-11-03T08:00:00Z', atNav('UNGDOMSPROGRAM'), of(1));
    youth.when('2026-11-04T08:00:00Z', atNav('UNGDOMSPROGRAM', { state: 'SLETTET' }), of(2));
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
  });
});

describe('R48 and Q24: consent, agreement, age and address', () => {
  it('a withdrawal erases what the registers said, and withdraws the proposal by the consent rule', () => {
    const youth = consenting();
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR', { office: '0806' }), of(1));
    const events = youth.when(
      '2026-11-04T08:00:00Z',
      consent('B', 'UNGDOM', 'TRUKKET', '2026-11-04T08:00:00.000Z'),
    );
    expect(events).toContainEqual({
      type: 'WithheldForConsent',
      batch: 'nav|deltaker:1',
      side: 'B',
      state: 'TRUKKET',
      rule: 'R48',
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'AlertWithdrawn', rule: 'R48' }));
    expect(youth.youth().facts).toContainEqual(
      expect.objectContaining({
        kind: 'NavRegister',
        id: 'deltaker:1',
        ...{ state: null, measure: null, to: null, office: null, reported: null, effective: '2026-11-03' },
      }),
    );
    expect(JSON.stringify(youth.youth())).not.toMatch(/0806|DELTAR|ARBEIDSTRENING|2026-11-02/);
    // Given again: what was stopped stays stopped, what comes from now on is kept.
    youth.when(
      '2026-11-05T08:00:00Z',
      consent('B', 'UNGDOM', 'SAMTYKKET', '2026-11-05T08:00:00.000Z', null, 'TILTAK'),
    );
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
    youth.when('2026-11-06T08:00:00Z', participation('DELTAR'), of(2));
    expect(youth.open()).toContain('STATUS_FORSLAG');
  });

  it('a consent that runs out does the same when its time has come', () => {
    const youth = story();
    youth.when('2026-10-01T08:00:00Z', left('40014', 'FV'));
    youth.when(
      '2026-10-02T08:00:00Z',
      consent('A', 'UNGDOM', 'SAMTYKKET', AGREED, '2026-12-01T00:00:00.000Z', 'TILTAK'),
    );
    youth.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    youth.wait('2026-12-01T00:00:00Z');
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
    expect(JSON.stringify(youth.youth())).not.toContain('DELTAR');
  });

  it('of a youth whose address becomes graded nothing is used as long as it is', () => {
    const youth = consenting();
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    youth.when('2026-11-04T08:00:00Z', { kind: 'Protection', grade: 'FORTROLIG' });
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
  });

  const record = (body: FactBody, effective = '2026-11-02') =>
    factOf(body, of(3, effective), null, '2026-11-05T08:00:00Z', 1);
  const at = '2026-11-05T08:00:00.000Z';

  it('is kept with agreement, both consents, an age in range and an open address', () => {
    expect(mayKeepRegister(consenting().youth(), 'TILTAK', { at, policy, agreements })).toBe(true);
    expect(
      mayKeepRecord(record(participation('DELTAR')), consenting().youth(), { at, policy, agreements }),
    ).toBe(true);
  });

  it.each([
    ['no agreement', []],
    ['an agreement that has ended', [{ ...AGREEMENT, to: '2026-11-04' }]],
    ['one that has not begun', [{ ...AGREEMENT, from: '2026-11-06' }]],
    [
      'one that is revoked',
      [{ ...AGREEMENT, revoked: { at: '2026-11-05T08:00:00.000Z', by: 'leder', reason: 'Sagt opp.' } }],
    ],
  ])('not with %s', (_what, left) => {
    const question = { at, policy, agreements: left };
    expect(mayKeepRecord(record(participation('DELTAR')), consenting().youth(), question)).toBe(false);
  });

  it('nor of an unknown youth, one without a birth date, one out of range, or one at a graded address', () => {
    expect(mayKeepRegister(UNKNOWN_YOUTH, 'TILTAK', { at, policy, agreements })).toBe(false);
    const unborn = story({ born: null });
    unborn.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
    unborn.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', AGREED, null, 'TILTAK'));
    expect(mayKeepRegister(unborn.youth(), 'TILTAK', { at, policy, agreements })).toBe(false);
    expect(
      mayKeepRegister(consenting({ born: '2001-12-31' }).youth(), 'TILTAK', { at, policy, agreements }),
    ).toBe(false);
    for (const grade of ['KLIENTADRESSE', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const) {
      const hidden = consenting();
      hidden.when('2026-10-03T08:00:00Z', { kind: 'Protection', grade });
      expect(mayKeepRegister(hidden.youth(), 'TILTAK', { at, policy, agreements })).toBe(false);
    }
  });

  it('W9 of the youth programme no time before the eighteenth birthday', () => {
    const youth = consenting({ born: '2008-06-01' });
    const programme = atNav('UNGDOMSPROGRAM');
    expect(mayKeepRecord(record(programme, '2026-05-31'), youth.youth(), { at, policy, agreements })).toBe(
      false,
    );
    expect(mayKeepRecord(record(programme, '2026-06-01'), youth.youth(), { at, policy, agreements })).toBe(
      true,
    );
  });

  it('W9 nor of one whose age is not known (Q25)', () => {
    expect(programmeFromEighteen.applies({ from: '2026-06-01', age: null })).toBe(false);
  });

  it('what NAV takes back is heard without a question where it is known, and nowhere else', () => {
    const youth = consenting();
    const ended = { at, policy, agreements: [] };
    expect(mayKeepRecord(record(participation('SLETTET')), youth.youth(), ended)).toBe(false);
    youth.when('2026-11-03T08:00:00Z', participation('DELTAR'), of(1));
    expect(mayKeepRecord(record(participation('SLETTET')), youth.youth(), ended)).toBe(true);
    expect(mayKeepRecord(record(participation('DELTAR')), youth.youth(), ended)).toBe(false);
  });

  it('nothing but a register’s own facts passes this way', () => {
    expect(mayKeepRecord(record(contact), consenting().youth(), { at, policy, agreements })).toBe(false);
  });
});
