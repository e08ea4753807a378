import { describe, expect, it } from 'vitest';
import { type Choice, onSide } from '../../../src/core/rules/choice.ts';
import { judge } from '../../../src/core/rules/judgement.ts';
import { contact, left, status, story } from '../../harness/story.ts';

const choice = (code: string, grounds: readonly string[], more: Partial<Choice> = {}): Choice => ({
  code,
  viaOt: 'UKJENT',
  grounds,
  contacted: true,
  ...more,
});

describe('the order in which a choice is judged', () => {
  it.each([
    ['silence before everything', 'OTNO', ['IKKE_SVART', 'NEI_TIL_TILTAK', 'MILITAR'], 'R24', ['OTUK']],
    [
      'in activity before «follows up»',
      'OTAR',
      ['ONSKER_MER_AKTIVITET', 'VAR_I_AKTIVITET'],
      'R19',
      ['OTAR_IM'],
    ],
    ['following up before work', 'OTAR', ['I_ARBEID', 'ONSKER_MER_AKTIVITET'], 'R20', ['OTOV']],
    ['a pupil abroad before following up', 'OTFU_IM', ['ELEV_UTLAND', 'FOLGES_OPP_AKTIVT'], 'R21', ['OTEV']],
    ['«no» to one measure before other reasons', 'OTNO', ['MILITAR', 'NEI_TIL_TILTAK'], 'R25', ['OTOV']],
    ['NAV before ordinary training', 'OTOA', ['GRUNNKOMPETANSE', 'NAV_MIDLER'], 'R14', ['OTKO']],
    ['private before public', 'OTEV', ['ELEV_OFFENTLIG', 'ELEV_PRIVAT'], 'R22', ['OTVF']],
  ])('%s', (_, code, grounds, rule, proposed) => {
    expect(judge(choice(code, grounds, { viaOt: 'JA' }), null)).toMatchObject({
      kind: 'REFUSED',
      rule,
      proposed: expect.arrayContaining(proposed),
    });
  });

  it('contact goes before every ground, and no reason makes up for it', () => {
    const silent = choice('OTAR', ['ONSKER_MER_AKTIVITET'], { contacted: false });
    expect(judge(silent, 'OVERGANG')).toMatchObject({ kind: 'REFUSED', rule: 'R02' });
  });

  it('R20 follows up a youth in work (beats R10), and R08 one whose measure failed', () => {
    expect(judge(choice('OTOV', ['I_ARBEID']), null)).toMatchObject({ kind: 'REFUSED', rule: 'R10' });
    expect(judge(choice('OTOV', ['I_ARBEID', 'ONSKER_MER_AKTIVITET']), null).kind).toBe('ALLOWED');
    expect(judge(choice('OTOV', ['I_TILTAK', 'TILTAK_VIRKET_IKKE']), null).kind).toBe('ALLOWED');
    expect(judge(choice('OTOV', ['ELEV_OFFENTLIG', 'TILTAK_VIRKET_IKKE']), null).kind).toBe('REFUSED');
  });

  it('what is known warns where the same, stated, is refused', () => {
    expect(judge(choice('OTOA', ['NAV_TILTAK']), null).kind).toBe('REFUSED');
    expect(judge(choice('OTOA', []), null, ['NAV_TILTAK'])).toMatchObject({ kind: 'WARNED', rule: 'R14' });
  });

  it('nothing stated and nothing known is nothing to judge by', () => {
    for (const code of ['OTOV', 'OTOA', 'OTAP', 'OTMI', 'OTSY', 'OTFU_IM', 'FEIL'])
      expect(judge(choice(code, []), null).kind).toBe('ALLOWED');
  });

  it('a reason turns refusal and warning into an upheld choice, with the rule that speaks against it', () => {
    expect(judge(choice('OTOA', ['NAV_MIDLER']), 'OVERGANG')).toMatchObject({
      kind: 'UPHELD',
      rule: 'R14',
    });
    expect(judge(choice('OTNO', ['BARN']), 'OVERGANG')).toMatchObject({ kind: 'UPHELD', rule: 'R26' });
    expect(judge(choice('OTBA', ['BARN']), 'OVERGANG').kind).toBe('ALLOWED');
  });
});

it('proposals keep to the side of viaOT that was answered', () => {
  const codes = ['OTAR', 'OTAR_IM', 'OTSY'];
  expect(onSide(codes, 'JA')).toEqual(['OTAR', 'OTSY']);
  expect(onSide(codes, 'NEI')).toEqual(['OTAR_IM', 'OTSY']);
  expect(onSide(codes, 'UKJENT')).toEqual(codes);
});

it('a status of an older list is judged by what holds in any list, and not by the rules of 2016', () => {
  const youth = story({ born: '1993-05-05' });
  youth.when('2011-03-02T08:00:00Z', left('40014', 'FV'), { effective: '2011-03-01' });
  const old = { kind: 'AdviserStatus' as const, schoolYear: '2010-11', viaOt: 'UKJENT' as const };
  const more = { list: 'OT-2011-01', override: null, unit: null };
  youth.when('2011-03-10T08:00:00Z', { ...old, ...more, code: 'OTOA', grounds: ['NAV_MIDLER'] });
  expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2010-11']);
  youth.when('2011-03-11T08:00:00Z', contact, { effective: '2011-03-09' });
  expect(youth.registrations()).toEqual(['AVBRUTT OTOA 2010-11']);
  youth.when('2011-03-12T08:00:00Z', { ...old, ...more, code: 'OTNO', grounds: ['IKKE_SVART'] });
  expect(youth.alert('STATUS_AVVIST').rule).toBe('R24');
  expect(youth.open()).not.toContain('STATUS_ADVARSEL');
});

it('S04b after an annulment the adviser may keep working preventively: no rule speaks against it', () => {
  const p01 = story({ born: '2009-03-14' });
  p01.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { id: 'a-1', effective: '2026-10-06' });
  p01.when('2026-10-07T09:00:00Z', contact);
  p01.when('2026-10-07T10:00:00Z', status('2026-27', 'OTOV'));
  p01.when('2026-10-08T08:00:00Z', { kind: 'Annulled', annuls: 'a-1' }, { source: 'skole:40014' });
  expect(p01.alert('ANNULLERT_ETTER_KONTAKT')).toMatchObject({ proposed: ['OTEV_IM', 'ELVG_IM'] });
  expect(p01.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
  p01.when('2026-10-09T08:00:00Z', status('2026-27', 'ELVG_IM', { grounds: ['FOREBYGGING'] }));
  expect(p01.open()).not.toContain('ANNULLERT_ETTER_KONTAKT');
  expect(p01.open()).not.toContain('STATUS_ADVARSEL');
});
