import { describe, expect, it } from 'vitest';
import { overridesIn } from '../../../src/core/derive/adviser/override.ts';
import { preReportFindings } from '../../../src/core/derive/adviser/preReport.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import {
  consent,
  contact,
  left,
  navAnswer,
  type Story,
  started,
  status,
  story,
} from '../../harness/story.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const END = '2027-07-01T00:00:00.000Z';

const measure = (provider: 'FYLKE' | 'KOMMUNE' | 'NAV', to: string | null = null): FactBody => ({
  kind: 'Measure',
  provider,
  content: 'ARBEIDSPRAKSIS',
  to,
});

/** A youth who dropped out, and with whom OT has talked. */
function followed(born: string | null = '2005-05-25'): Story {
  const youth = story({ born });
  youth.when('2026-09-15T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-14' });
  youth.when('2026-09-20T08:00:00Z', contact);
  return youth;
}

function agree(youth: Story): void {
  for (const side of ['A', 'B'] as const)
    youth.when(
      '2026-09-21T08:00:00Z',
      consent(side, 'UNGDOM', 'SAMTYKKET', '2026-09-21T08:00:00.000Z', null, 'TILTAK'),
    );
}

const overrides = (youth: Story) => overridesIn(youth.youth(), POLICY, END);
const findings = (youth: Story) => preReportFindings(youth.youth(), POLICY).map(({ kind }) => kind);

describe('O02 «no» with a reason', () => {
  it.each([
    ['MILITAR', 'OTMI'],
    ['BARN', 'OTBA'],
    ['SYK_INSTITUSJON', 'OTSY'],
  ])('O02 OTNO because of %s is accepted with a warning that proposes %s (R26)', (ground, code) => {
    const p16 = followed();
    p16.when('2026-09-30T08:00:00Z', status('2026-27', 'OTNO', { grounds: [ground, 'NEI_TIL_OPPFOLGING'] }));
    expect(p16.registrations()).toEqual(['AVBRUTT OTNO 2026-27']);
    expect(p16.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R26', category: 'review', proposed: [code] });
    p16.when('2026-10-01T08:00:00Z', status('2026-27', code));
    expect(p16.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('O02 «no» to one measure is refused as OTNO, proposes OTOV (R25), and the earlier status is kept', () => {
    const p16 = followed();
    p16.when('2026-09-28T08:00:00Z', status('2026-27', 'OTOV'));
    p16.when('2026-09-30T08:00:00Z', status('2026-27', 'OTNO', { grounds: ['NEI_TIL_TILTAK'] }));
    expect(p16.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
    expect(p16.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R25', proposed: ['OTOV'] });
    p16.when('2026-10-01T08:00:00Z', status('2026-27', 'OTOV'));
    expect(p16.open()).not.toContain('STATUS_AVVIST');
  });

  it('O02 the adviser confirms the choice with a reason, and that is counted', () => {
    const p16 = followed();
    const more = { grounds: ['MILITAR', 'NEI_TIL_OPPFOLGING'], override: 'UNGDOMMENS_ONSKE' };
    p16.when('2026-09-30T08:00:00Z', status('2026-27', 'OTNO', more));
    expect(p16.registrations()).toEqual(['AVBRUTT OTNO 2026-27']);
    expect(p16.open()).not.toContain('STATUS_ADVARSEL');
    expect(overrides(p16)).toEqual([
      {
        schoolYear: '2026-27',
        county: '40',
        rule: 'R26',
        code: 'OTNO',
        reason: 'UNGDOMMENS_ONSKE',
        effective: '2026-09-30',
      },
    ]);
  });

  it('O02 a reason makes a refused choice hold when it is sent as a correction', () => {
    const p16 = followed();
    const provenance = { id: 'h-1', source: 'ot:40201' };
    p16.when('2026-09-30T08:00:00Z', status('2026-27', 'OTNO', { grounds: ['NEI_TIL_TILTAK'] }), provenance);
    expect(p16.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    p16.when(
      '2026-09-30T09:00:00Z',
      status('2026-27', 'OTNO', { grounds: ['NEI_TIL_TILTAK'], override: 'RADGIVERS_VURDERING' }),
      { ...provenance, version: 2 },
    );
    expect(p16.registrations()).toEqual(['AVBRUTT OTNO 2026-27']);
    expect(p16.open()).not.toContain('STATUS_AVVIST');
    expect(overrides(p16)).toMatchObject([{ rule: 'R25' }]);
  });

  it('O02 a reason where no rule speaks against the choice is not counted', () => {
    const p16 = followed();
    p16.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOV', { override: 'OVERGANG' }));
    expect(overrides(p16)).toEqual([]);
  });

  it('O01 no reason makes silence contact or «no»', () => {
    const p20 = story();
    p20.when('2026-09-15T08:00:00Z', left('40014', 'FV'));
    const silent = { grounds: ['IKKE_SVART'], override: 'RADGIVERS_VURDERING' };
    p20.when('2026-10-08T08:00:00Z', status('2026-27', 'OTNO', silent));
    p20.when('2026-10-09T08:00:00Z', status('2026-27', 'OTOV', silent));
    p20.when('2026-10-10T08:00:00Z', status('2026-27', 'OTMI', { override: 'OVERGANG' }));
    expect(p20.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p20.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R24', proposed: ['OTUK'] });
    const waiting = p20.youth().alerts.filter(({ kind }) => kind === 'STATUS_UTEN_KONTAKT');
    expect(waiting.map(({ rule }) => rule).sort()).toEqual(['R02', 'R03']);
    expect(overrides(p20)).toEqual([]);
  });

  it('O10 no reason makes the guardian’s answer for an adult contact', () => {
    const adult = story({ born: '2005-05-25' });
    adult.when('2026-09-15T08:00:00Z', left('40014', 'FV'));
    adult.when('2026-10-08T08:00:00Z', { kind: 'Contact', via: 'FORESATT', reason: 'SYKDOM' });
    adult.when('2026-10-08T09:00:00Z', status('2026-27', 'OTSY', { override: 'RADGIVERS_VURDERING' }));
    expect(adult.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it('O10 the guardian’s answer sets nothing by itself', () => {
    const p01 = story({ born: '2009-03-14' });
    p01.when('2026-09-15T08:00:00Z', left('40014', 'FV'));
    p01.when('2026-10-08T08:00:00Z', { kind: 'Contact', via: 'FORESATT', reason: 'SYKDOM' });
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p01.open()).not.toContain('KONTAKT_AVVIST');
  });
});

describe('O04 viaOT before a report', () => {
  it('O04 a code without a viaOT answer stays unknown and is shown, never taken for «no»', () => {
    const youth = followed();
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTAR'));
    expect(youth.youth().registrations[0]?.status).toMatchObject({ code: 'OTAR', group: 3, viaOt: 'UKJENT' });
    expect(findings(youth)).toEqual(['VIA_OT_UKJENT']);
    youth.when('2026-10-01T08:00:00Z', status('2026-27', 'OTAR', { viaOt: 'JA' }));
    expect(findings(youth)).toEqual([]);
  });

  it('O04 OTAP with «no» stays in group 3 and is shown (R16)', () => {
    const youth = followed();
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTAP', { viaOt: 'NEI' }));
    expect(youth.youth().registrations[0]?.status).toMatchObject({ code: 'OTAP', group: 3 });
    expect(findings(youth)).toEqual(['OTAP_UTEN_OT']);
  });

  it('O04 OTUK after contact, training after a dropout, and an unanswered warning are shown', () => {
    const youth = followed();
    expect(findings(youth)).toEqual(['OTUK_MED_KONTAKT']);
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTNO', { grounds: ['BARN'] }));
    expect(findings(youth)).toEqual(['STATUS_UAVKLART']);
    youth.when('2026-10-01T08:00:00Z', status('2026-27', 'OTEV', { viaOt: 'JA' }));
    expect(findings(youth)).toEqual([]);
    youth.when('2026-10-20T08:00:00Z', left('40022', 'FR'));
    expect(findings(youth)).toContain('OPPLARING_MED_AVBRUDD');
  });

  it('O04 silence gives no finding: OTUK without contact is as it is', () => {
    const youth = story();
    youth.when('2026-09-15T08:00:00Z', left('40014', 'FV'));
    expect(findings(youth)).toEqual([]);
    expect(preReportFindings(story().youth(), POLICY)).toEqual([]);
  });
});

describe('O05 OTOA, OTAP or OTKO', () => {
  it('O05 OTOA with a NAV measure that may be known is accepted with «OTKO?» (R14)', () => {
    const youth = followed();
    agree(youth);
    youth.when('2026-09-28T08:00:00Z', measure('NAV'));
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOA'));
    expect(youth.registrations()).toEqual(['AVBRUTT OTOA 2026-27']);
    expect(youth.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R14', proposed: ['OTKO'] });
  });

  it.each(['none', 'A', 'B'] as const)(
    'O05 with consent %s nothing discloses the measure, in any message',
    (side) => {
      const published = (withMeasure: boolean) => {
        const youth = followed();
        if (side !== 'none')
          youth.when(
            '2026-09-21T08:00:00Z',
            consent(side, 'UNGDOM', 'SAMTYKKET', '2026-09-21T08:00:00.000Z', null, 'TILTAK'),
          );
        if (withMeasure) youth.when('2026-09-28T08:00:00Z', measure('NAV'));
        for (const code of ['OTOA', 'OTOV', 'OTNO', 'OTKO'])
          youth.when('2026-09-30T08:00:00Z', status('2026-27', code), { id: `s-${code}` });
        expect(youth.open()).not.toContain('STATUS_ADVARSEL');
        return [
          youth.messages().map(({ topic }) => topic),
          youth.published('alert').map(({ kind, reason }) => [kind, reason]),
          youth.published('status').map(({ code, reason }) => [code, reason]),
        ];
      };
      expect(published(true)).toEqual(published(false));
    },
  );

  it('O05 the warning goes when a consent is withdrawn, and says nothing of why', () => {
    const youth = followed();
    agree(youth);
    youth.when('2026-09-28T08:00:00Z', measure('NAV'));
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOA'));
    youth.when('2026-10-05T08:00:00Z', consent('B', 'UNGDOM', 'TRUKKET', '2026-10-05T08:00:00.000Z'));
    expect(youth.open()).not.toContain('STATUS_ADVARSEL');
    expect(youth.registrations()).toEqual(['AVBRUTT OTOA 2026-27']);
  });

  it('O05 the warning goes by itself when a consent runs out', () => {
    const youth = followed();
    const until = '2026-11-01T00:00:00.000Z';
    for (const side of ['A', 'B'] as const)
      youth.when(
        '2026-09-21T08:00:00Z',
        consent(side, 'UNGDOM', 'SAMTYKKET', '2026-09-21T08:00:00.000Z', until, 'TILTAK'),
      );
    youth.when('2026-09-28T08:00:00Z', measure('NAV'));
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOA'));
    expect(youth.open()).toContain('STATUS_ADVARSEL');
    youth.wait('2026-11-02T00:00:00Z');
    expect(youth.open()).not.toContain('STATUS_ADVARSEL');
  });

  it.each(['FYLKE', 'KOMMUNE'] as const)(
    'O05 OTAP with a measure of %s is accepted with «OTKO?» (R17)',
    (owner) => {
      const youth = followed();
      youth.when('2026-09-28T08:00:00Z', measure(owner));
      youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTAP', { viaOt: 'JA' }));
      expect(youth.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R17', proposed: ['OTKO'] });
    },
  );

  it('O05 a measure that begins later warns when it begins, and one that is over never', () => {
    const youth = followed();
    youth.when('2026-09-28T08:00:00Z', measure('FYLKE', '2026-09-29'), {
      effective: '2026-09-22',
      id: 'm-1',
    });
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTAP', { viaOt: 'JA' }));
    youth.when('2026-10-01T08:00:00Z', measure('FYLKE'), { effective: '2026-11-09', id: 'm-2' });
    youth.wait('2026-11-08T20:00:00Z');
    expect(youth.open()).not.toContain('STATUS_ADVARSEL');
    youth.wait('2026-11-09T08:00:00Z');
    expect(youth.alert('STATUS_ADVARSEL').rule).toBe('R17');
    expect(youth.raised('STATUS_ADVARSEL')).toBe(1);
  });

  it('O05 what the adviser states needs no consent: OTOA with NAV’s money is refused (R14)', () => {
    const youth = followed();
    const grounds = ['FYLKETS_TILTAK', 'NAV_MIDLER'];
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOA', { grounds }));
    expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(youth.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R14', proposed: ['OTKO'] });
    youth.when('2026-10-01T08:00:00Z', status('2026-27', 'OTKO', { grounds }));
    expect(youth.registrations()).toEqual(['AVBRUTT OTKO 2026-27']);
    expect(youth.open()).not.toContain('STATUS_AVVIST');
  });
});

describe('O08 abroad', () => {
  it('O08 a youth whom OT follows abroad has OTOV, and not OTFU_IM (R38)', () => {
    const p13 = followed('2007-02-19');
    const grounds = ['FOLGES_OPP_AKTIVT', 'UTLAND_LENGE'];
    p13.when('2026-10-08T08:00:00Z', { kind: 'Emigrated' }, { effective: '2026-10-01' });
    p13.when('2026-10-09T08:00:00Z', status('2026-27', 'OTFU_IM', { grounds }));
    expect(p13.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p13.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R38', proposed: ['OTOV'] });
    p13.when('2026-10-10T08:00:00Z', status('2026-27', 'OTOV', { grounds }));
    expect(p13.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
    expect(p13.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('O08 a pupil abroad is a pupil, on either side of viaOT, and not OTFU_IM (R21)', () => {
    const p13 = followed('2007-02-19');
    const grounds = ['ELEV_UTLAND'];
    p13.when('2026-10-09T08:00:00Z', status('2026-27', 'OTFU_IM', { grounds }));
    expect(p13.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R21', proposed: ['OTEV', 'OTEV_IM'] });
    p13.when('2026-10-10T08:00:00Z', status('2026-27', 'OTEV', { grounds, viaOt: 'NEI' }));
    expect(p13.registrations()).toEqual(['AVBRUTT OTEV_IM 2026-27']);
    expect(p13.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('O08 a long stay without school is OTFU_IM (R37)', () => {
    const p13 = followed('2007-02-19');
    p13.when('2026-10-09T08:00:00Z', status('2026-27', 'OTFU_IM', { grounds: ['UTLAND_LENGE'] }));
    expect(p13.registrations()).toEqual(['AVBRUTT OTFU_IM 2026-27']);
    expect(p13.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('O08 an exchange pupil is registered as nothing', () => {
    const p13 = story({ born: '2007-02-19' });
    p13.when('2026-09-15T08:00:00Z', left('32014', 'UV'), { county: '32' });
    expect(p13.registrations()).toEqual([]);
    expect(p13.open()).toEqual(['PERMISJON_ELLER_UTVEKSLING']);
  });
});

describe('what is known of the youth', () => {
  it('R10 OTOV for a youth who is known to be a pupil is accepted with a warning', () => {
    const youth = followed();
    youth.when('2026-09-25T08:00:00Z', started('40022'), { effective: '2026-09-24' });
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOV'));
    expect(youth.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R10', proposed: ['OTEV', 'OTEV_IM'] });
    expect(youth.alert('STATUS_ADVARSEL').evidence).toHaveLength(2);
  });

  it('R11 «yes» for a place from before the first contact is accepted with a warning', () => {
    const youth = story({ born: '2008-08-12' });
    youth.when('2026-08-20T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    youth.when('2026-09-01T08:00:00Z', started('40990', 'private-school'), { effective: '2026-08-17' });
    youth.when('2026-09-20T08:00:00Z', contact);
    youth.when('2026-09-21T08:00:00Z', status('2026-27', 'OTVF', { viaOt: 'JA' }));
    expect(youth.registrations()).toEqual(['TAKKET_NEI OTVF 2026-27']);
    expect(youth.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R11', proposed: ['OTVF_IM'] });
    youth.when('2026-09-22T08:00:00Z', status('2026-27', 'OTVF', { viaOt: 'NEI' }));
    expect(youth.registrations()).toEqual(['TAKKET_NEI OTVF_IM 2026-27']);
    expect(youth.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('R22 a public pupil’s code for a youth in a private school is accepted with a warning', () => {
    const youth = followed();
    youth.when('2026-09-25T08:00:00Z', started('40990', 'private-school'), { effective: '2026-09-24' });
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTEV', { viaOt: 'JA' }));
    expect(youth.alert('STATUS_ADVARSEL')).toMatchObject({ rule: 'R22', proposed: ['OTVF'] });
  });

  it('what arrives after the status is a proposal, not a warning', () => {
    const youth = followed();
    youth.when('2026-09-30T08:00:00Z', status('2026-27', 'OTOV'));
    youth.when('2026-10-05T08:00:00Z', started('40022'), { effective: '2026-09-24' });
    expect(youth.open()).toContain('STATUS_FORSLAG');
    expect(youth.open()).not.toContain('STATUS_ADVARSEL');
  });

  it('N09 that NAV knows the youth is no measure: OTUK is kept, and no OTAP is proposed (R06, R15)', () => {
    const p02 = story({ born: '2005-11-02' });
    p02.when('2026-09-15T08:00:00Z', left('40014', 'FV'));
    agree(p02);
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', '4601'));
    expect(p02.open()).toContain('KJENT_HOS_NAV');
    expect(p02.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p02.youth().alerts.flatMap(({ proposed }) => proposed)).toEqual([]);
  });
});
