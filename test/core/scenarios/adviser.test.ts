import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, status, story } from '../../harness/story.ts';

const attempt = (channel: string, answered = false): FactBody => ({
  kind: 'ContactAttempt',
  channel,
  answered,
});

/** A youth with an open AVBRUTT for 2026-27. */
function registered(born: string | null = '2004-12-20') {
  const youth = story({ born });
  youth.when('2026-09-15T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-14' });
  return youth;
}

describe('O01 silence is not contact and not «no»', () => {
  function silent() {
    const p20 = registered();
    for (const [day, channel] of [
      ['21', 'BREV'],
      ['23', 'SMS'],
      ['28', 'BREV'],
      ['30', 'EPOST'],
    ] as const) {
      p20.when(`2026-09-${day}T08:00:00Z`, attempt(channel));
    }
    return p20;
  }

  it('O01 four unanswered attempts are kept and leave OTUK', () => {
    const p20 = silent();
    expect(p20.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p20.youth().facts.filter(({ kind }) => kind === 'ContactAttempt')).toHaveLength(4);
  });

  it('O01 OTNO because of silence is refused by R24', () => {
    const p20 = silent();
    p20.when('2026-10-08T08:00:00Z', status('2026-27', 'OTNO', { grounds: ['IKKE_SVART'] }));
    expect(p20.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p20.alert('STATUS_AVVIST')).toMatchObject({ rule: 'R24', category: 'review' });
    const sent = p20.published('alert').find(({ kind }) => kind === 'STATUS_AVVIST');
    expect(sent?.reason).toContain('R03');
  });

  it('O01 an answer to a letter is contact', () => {
    const p20 = silent();
    p20.when('2026-10-08T08:00:00Z', attempt('SMS', true));
    p20.when('2026-10-09T08:00:00Z', status('2026-27', 'OTNO'));
    expect(p20.registrations()).toEqual(['AVBRUTT OTNO 2026-27']);
  });

  it('R02 a status without contact waits as a review and holds when the contact arrives', () => {
    const p20 = silent();
    p20.when('2026-10-08T08:00:00Z', status('2026-27', 'OTOV'));
    expect(p20.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p20.alert('STATUS_UTEN_KONTAKT').rule).toBe('R02');
    p20.when('2026-10-09T08:00:00Z', contact, { effective: '2026-10-08' });
    expect(p20.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
    expect(p20.open()).toEqual(['NY_TILMELDING']);
  });

  it.each([
    ['FEIL', 'FEILREGISTRERT'],
    ['OTFA_IM', 'FLYTTET_FYLKE'],
    ['OTFU_IM', 'UTVANDRET'],
    ['ELVG_IM', 'FOREBYGGING'],
    ['ELGS_IM', 'GRUNNSKOLE'],
  ])('R02 %s needs no contact when its ground is stated, and contact when it is not', (code, ground) => {
    const p20 = registered();
    p20.when('2026-10-08T08:00:00Z', status('2026-27', code));
    expect(p20.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p20.alert('STATUS_UTEN_KONTAKT')).toMatchObject({ rule: 'R02', proposed: ['OTUK'] });
    p20.when('2026-10-09T08:00:00Z', status('2026-27', code, { grounds: [ground] }));
    expect(p20.registrations()).toEqual([`AVBRUTT ${code} 2026-27`]);
  });

  it('R50 the unit an adviser names owns the youth from then on', () => {
    const p20 = registered();
    p20.when('2026-10-08T08:00:00Z', contact);
    p20.when('2026-10-08T08:01:00Z', status('2026-27', 'OTOV', { unit: '40201' }));
    expect(p20.youth().registrations[0]?.owner).toBe('40201');
    expect(p20.alert('NY_TILMELDING').owner).toBe('40201');
    expect(p20.raised('NY_TILMELDING')).toBe(1);
  });

  it('R50 a youth without an owner is a broken invariant', () => {
    const ownerless = story({ policy: { defaultOwner: '' } });
    expect(() => ownerless.when('2026-09-15T08:00:00Z', left('40014', 'FV'))).toThrow(/R50/);
  });

  it('R49 bands: just left, within the year, and one year to the day', () => {
    for (const [effective, band] of [
      ['2026-09-14', 'A'],
      ['2026-03-02', 'B'],
      ['2025-09-16', 'B'],
      ['2025-09-15', 'C'],
    ] as const) {
      const youth = story();
      youth.when('2026-09-15T08:00:00Z', left('40014', 'FV'), { effective });
      expect(youth.alert('NY_TILMELDING').timeBand).toBe(band);
    }
  });
});

describe('O04 viaOT', () => {
  function answered(code: string, viaOt: 'JA' | 'NEI' | 'UKJENT') {
    const youth = registered();
    youth.when('2026-10-08T08:00:00Z', contact);
    youth.when('2026-10-08T08:01:00Z', status('2026-27', code, { viaOt }));
    return youth.youth().registrations[0]!.status;
  }

  it.each([
    ['OTAR', 'OTAR_IM'],
    ['OTEV', 'OTEV_IM'],
    ['OTVF', 'OTVF_IM'],
    ['OTLL', 'OTLL_IM'],
  ])('O04 %s: JA stays in the target group, NEI is %s outside it, unknown stays unknown', (code, outside) => {
    expect(answered(code, 'JA')).toMatchObject({
      code,
      group: 3,
      targetGroup: true,
      viaOt: 'JA',
      rule: 'R12',
    });
    expect(answered(code, 'NEI')).toMatchObject({
      code: outside,
      group: 5,
      targetGroup: false,
      viaOt: 'NEI',
      rule: 'R11',
    });
    expect(answered(code, 'UKJENT')).toMatchObject({ code, group: 3, viaOt: 'UKJENT' });
  });

  it('O04 OTAP with NEI stays in group 3 with its answer', () => {
    expect(answered('OTAP', 'NEI')).toMatchObject({
      code: 'OTAP',
      group: 3,
      targetGroup: true,
      viaOt: 'NEI',
    });
  });

  it('O04 others than OT hear only of a change of main group', () => {
    const youth = registered();
    youth.when('2026-10-08T08:00:00Z', contact);
    const groups = () => youth.messages().filter(({ topic }) => topic === 'status-group').length;
    youth.when('2026-10-08T08:01:00Z', status('2026-27', 'OTAR', { viaOt: 'JA' }));
    expect(groups()).toBe(2);
    youth.when('2026-10-09T08:01:00Z', status('2026-27', 'OTOA'));
    expect(groups()).toBe(2);
    youth.when('2026-10-10T08:01:00Z', status('2026-27', 'OTSY'));
    expect(groups()).toBe(3);
    expect(JSON.stringify(youth.messages().filter(({ topic }) => topic === 'status-group'))).not.toContain(
      'OTSY',
    );
  });
});

describe('O10 the guardian answers', () => {
  const guardian = (reason: string | null): FactBody => ({ kind: 'Contact', via: 'FORESATT', reason });

  it.each([
    ['of a minor, with a reason', '2009-03-14', 'SYKDOM', 'OTOV', 'none'],
    ['of a minor, without one', '2009-03-14', null, 'OTUK', 'KONTAKT_AVVIST'],
    ['of an adult', '2004-12-20', 'SYKDOM', 'OTUK', 'KONTAKT_AVVIST'],
    ['of a youth of unknown age', null, 'SYKDOM', 'OTUK', 'ALDER_UKJENT'],
  ])('O10 %s', (_, born, reason, code, review) => {
    const youth = registered(born);
    youth.when('2026-10-08T08:00:00Z', guardian(reason));
    youth.when('2026-10-08T08:01:00Z', status('2026-27', 'OTOV'));
    expect(youth.registrations()).toEqual([`AVBRUTT ${code} 2026-27`]);
    if (review === 'none') expect(youth.open()).toEqual(['NY_TILMELDING']);
    else expect(youth.open()).toContain(review);
  });
});

describe('the register', () => {
  const seen = (code: string): FactBody => ({ kind: 'RegisterSeen', code, list: 'OT-2016-07', unit: null });
  const night = (version: number) => ({ source: 'vigo-ot', id: 'ot:1', version });

  it('another code than ours is one review, which goes when they agree', () => {
    const youth = registered();
    youth.when('2026-10-08T01:00:00Z', seen('OTOV'), night(20261008));
    expect(youth.alert('AVVIK_MOT_REGISTER')).toMatchObject({ proposed: ['OTOV'], category: 'review' });
    expect(youth.when('2026-10-09T01:00:00Z', seen('OTOV'), night(20261009))).toEqual([]);
    youth.when('2026-10-10T01:00:00Z', seen('OTUK'), night(20261010));
    expect(youth.open()).not.toContain('AVVIK_MOT_REGISTER');
  });

  it('R05 a youth that only the list knows is not registered by it', () => {
    const youth = story();
    youth.when('2026-10-08T01:00:00Z', seen('OTOV'), night(20261008));
    expect(youth.registrations()).toEqual([]);
    expect(youth.open()).toEqual([]);
  });

  it('two nights missing is a review', () => {
    const youth = registered();
    youth.when('2026-10-08T01:00:00Z', seen('OTUK'), night(20261008));
    youth.when('2026-10-09T02:00:00Z', { kind: 'Absent', list: 'ot', run: 'a' });
    youth.when('2026-10-10T02:00:00Z', { kind: 'Absent', list: 'ot', run: 'b' });
    expect(youth.open()).toContain('BORTE_FRA_REGISTER');
    expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });
});
