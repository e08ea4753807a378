import { describe, expect, it } from 'vitest';
import { digest } from '../../../src/core/digest.ts';
import { HOLD_REASONS, HOLDS } from '../../../src/core/letters/hold.ts';
import { LETTERS } from '../../../src/core/letters/letter.ts';
import { LETTER_IDS, type LetterId } from '../../../src/core/letters/letterId.ts';
import { startMailing } from '../../../src/core/letters/mailing.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../../src/core/policy.ts';
import { RULES } from '../../../src/core/rules/rules.ts';
import { WHEEL } from '../../../src/core/wheel/wheel.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { consent, contact, left, type Story, started, status, story } from '../../harness/story.ts';

const NOT_APPLIED: FactBody = { kind: 'NotApplied', schoolYear: '2027-28' };
const DECLINED: FactBody = { kind: 'PlaceDeclined', schoolYear: '2026-27', code: null, institution: null };
const LETTER: FactBody = { kind: 'ContactAttempt', channel: 'BREV', answered: false };

function mailing(
  id: LetterId,
  schoolYear: string,
  youths: readonly Story[],
  more: { today?: string; policy?: Partial<Policy>; waiting?: boolean; county?: string } = {},
) {
  const policy = { ...defaultPolicy(countyNumber(more.county ?? '40')), ...more.policy };
  const made = startMailing(LETTERS[id], { schoolYear, today: more.today ?? '2026-09-20', policy });
  for (const [at, youth] of youths.entries())
    made.add(personRef(`ref-${at}`), youth.youth(), more.waiting ?? false);
  return made.finish();
}

/** `UNGDOM` … of those who get it, and the holds of those who do not. */
function outcome(id: LetterId, schoolYear: string, youth: Story, more: Parameters<typeof mailing>[3] = {}) {
  const { triggers, suppressed } = mailing(id, schoolYear, [youth], more);
  return [...triggers.map(({ recipient }) => recipient), ...suppressed.flatMap(({ holds }) => holds)];
}

function nonApplicant(born = '2008-06-21') {
  const youth = story({ born });
  youth.when('2027-05-04T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
  return youth;
}

function declined(born = '2008-08-12') {
  const youth = story({ born });
  youth.when('2026-09-15T08:00:00Z', DECLINED, { effective: '2026-08-10' });
  return youth;
}

describe('the letters are data', () => {
  it('each belongs to a wheel entry, has a rule in the table and a title', () => {
    const rules = new Set(RULES.map(({ id }) => id));
    for (const id of LETTER_IDS) {
      const { rule, wheel, title, id: own } = LETTERS[id];
      expect(own).toBe(id);
      expect(rules).toContain(rule.id);
      expect(WHEEL.find((entry) => entry.id === wheel)?.letter).not.toBeNull();
      expect(title).not.toBe('');
    }
  });

  it('each reason to hold one back is one sentence', () => {
    expect(Object.keys(HOLD_REASONS)).toEqual([...HOLDS]);
    for (const hold of HOLDS) expect(HOLD_REASONS[hold].text).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe('I01 the letter to non-applicants', () => {
  it('I01 is about next year, and this year’s contact does not hold it back', () => {
    const p16 = story({ born: '2005-05-25', county: '42' });
    p16.when(
      '2026-10-08T08:00:00Z',
      { kind: 'NotApplied', schoolYear: '2026-27' },
      { effective: '2026-03-15' },
    );
    p16.when('2026-10-09T08:00:00Z', contact);
    p16.when('2026-10-09T08:01:00Z', status('2026-27', 'OTOV'));
    p16.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    const made = mailing('W13', '2027-28', [p16], { today: '2027-05-10', county: '42' });
    expect(made).toMatchObject({ schoolYear: '2027-28', from: '2027-05-17', to: '2027-05-23' });
    expect(made.triggers).toMatchObject([
      { ref: 'ref-0', schoolYear: '2027-28', county: '42', recipient: 'UNGDOM', rule: 'W13', owner: '42200' },
    ]);
    expect(made.triggers[0]?.evidence).toHaveLength(1);
    expect(mailing('W14', '2026-27', [p16], { today: '2027-05-10' })).toMatchObject({
      triggers: [],
      suppressed: [{ schoolYear: '2026-27', holds: ['FIKK_IKKE_FORSTE_BREV', 'KONTAKT'] }],
    });
  });

  it('goes to the guardian of a minor as well, and to neither with a word of the other (R45, D01)', () => {
    const minor = nonApplicant('2010-04-16');
    expect(outcome('W13', '2027-28', minor, { today: '2027-05-10' })).toEqual(['FORESATT', 'UNGDOM']);
    const { triggers } = mailing('W13', '2027-28', [minor], { today: '2027-05-10' });
    expect(triggers.map(({ rule }) => rule)).toEqual(['R45', 'W13']);
    for (const trigger of triggers) expect(JSON.stringify(trigger).match(/FORESATT|UNGDOM/g)).toHaveLength(1);
  });

  it('D01 goes to each of two guardians by itself when two are known', () => {
    const minor = nonApplicant('2010-04-16');
    minor.when(
      '2027-05-05T08:00:00Z',
      consent('A', 'FORESATT2', 'IKKE_SAMTYKKET', '2027-05-05T08:00:00.000Z'),
    );
    expect(outcome('W13', '2027-28', minor, { today: '2027-05-10' })).toEqual([
      'FORESATT',
      'FORESATT2',
      'UNGDOM',
    ]);
  });

  it('does not go to the guardian of one who comes of age before it is sent', () => {
    const youth = nonApplicant('2009-05-15');
    expect(outcome('W13', '2027-28', youth, { today: '2027-05-10' })).toEqual(['UNGDOM']);
  });

  it('says when the age is not known, and then only the youth gets it', () => {
    const youth = story({ born: null });
    youth.when('2027-05-04T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    const { triggers, suppressed } = mailing('W13', '2027-28', [youth], { today: '2027-05-10' });
    expect(triggers.map(({ recipient, minor }) => [recipient, minor])).toEqual([['UNGDOM', 'UKJENT']]);
    expect(suppressed).toMatchObject([{ recipient: 'FORESATT', holds: ['ALDER_UKJENT'] }]);
  });

  it('is moved with the county’s wheel', () => {
    const move = { id: 'W13', schoolYear: '2026-27', from: '2027-05-24', to: '2027-05-28' } as const;
    const { from, to } = mailing('W13', '2027-28', [], { policy: { wheel: [move] } });
    expect([from, to]).toEqual(['2027-05-24', '2027-05-28']);
  });

  it('does not concern other registrations', () => {
    expect(outcome('W13', '2026-27', declined())).toEqual([]);
    expect(outcome('W24', '2027-28', nonApplicant())).toEqual([]);
  });
});

describe('I04 a late application', () => {
  it('I04 holds the letter and its reminder back, and opens nothing', () => {
    const youth = nonApplicant();
    youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2027-28' });
    expect(outcome('W13', '2027-28', youth, { today: '2027-05-10' })).toEqual(['SEN_SOKNAD']);
    expect(outcome('W14', '2027-28', youth, { today: '2027-05-30' })).toEqual(['SEN_SOKNAD']);
    expect(youth.registrations()).toEqual(['IKKE_SOKT OTUK 2027-28']);
  });

  it('I04 an application for another year holds nothing back', () => {
    const youth = nonApplicant();
    youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2026-27' });
    expect(outcome('W13', '2027-28', youth, { today: '2027-05-10' })).toEqual(['UNGDOM']);
  });

  it('I04 a place is listed as a place', () => {
    const youth = nonApplicant();
    youth.when('2027-05-05T08:00:00Z', started('40014'), { effective: '2027-08-19', feed: 'vigo-intake' });
    expect(outcome('W13', '2027-28', youth, { today: '2027-05-10' })).toContain('HAR_PLASS');
  });
});

describe('I03 a private school’s list against a neisvar', () => {
  it('I03 the letter in week 39 is held back pending review, with the evidence', () => {
    const p15 = declined();
    p15.when(
      '2026-09-18T08:00:00Z',
      { kind: 'PupilSeen', institution: '46901', from: '2026-08-17', to: null },
      { id: '46901', effective: '2026-08-17' },
    );
    const { triggers, suppressed } = mailing('W24', '2026-27', [p15]);
    expect(triggers).toEqual([]);
    expect(suppressed[0]?.holds).toEqual(['PRIVAT_SKOLELISTE', 'TIL_KONTROLL']);
    expect(suppressed[0]?.evidence).toContain(digest('private-school|46901'));
  });

  it('I03 without the list the letter goes', () => {
    expect(outcome('W24', '2026-27', declined())).toEqual(['UNGDOM']);
  });
});

describe('who has answered gets no reminder', () => {
  it('an answer holds the reminder back, silence does not', () => {
    const youth = declined();
    youth.when('2026-09-16T08:00:00Z', LETTER);
    expect(outcome('W25', '2026-27', youth)).toEqual(['UNGDOM']);
    youth.when('2026-09-17T08:00:00Z', { ...LETTER, channel: 'SMS', answered: true });
    expect(outcome('W25', '2026-27', youth)).toEqual(['BESVART']);
  });

  it('first written information goes unless that very letter has been answered (R45)', () => {
    const youth = declined();
    youth.when('2026-09-17T08:00:00Z', { ...LETTER, channel: 'SMS', answered: true });
    expect(outcome('W24', '2026-27', youth)).toEqual(['UNGDOM']);
    youth.when('2026-09-23T08:00:00Z', { ...LETTER, answered: true });
    expect(outcome('W24', '2026-27', youth)).toEqual(['BESVART']);
  });

  it('October’s letter is first information for those who became known after September’s, and a question to the others', () => {
    const known = declined();
    known.when('2026-09-17T08:00:00Z', contact);
    expect(outcome('W30', '2026-27', known, { today: '2026-10-01' })).toEqual(['KONTAKT']);
    const newcomer = story({ born: '2010-04-16' });
    newcomer.when('2026-09-30T08:00:00Z', DECLINED, { effective: '2026-08-10' });
    newcomer.when('2026-10-01T08:00:00Z', contact);
    expect(outcome('W30', '2026-27', newcomer, { today: '2026-10-02' })).toEqual(['FORESATT', 'UNGDOM']);
    expect(outcome('W30-SMS', '2026-27', newcomer, { today: '2026-10-20' })).toContain('KONTAKT');
  });

  it('a reminder goes to those who have not answered the first', () => {
    const silent = declined();
    const answering = declined();
    answering.when('2026-09-28T08:00:00Z', { ...LETTER, answered: true });
    const { triggers, suppressed } = mailing('W25', '2026-27', [silent, answering], { today: '2026-10-05' });
    expect(triggers.map(({ ref, rule }) => [ref, rule])).toEqual([['ref-0', 'W25']]);
    expect(suppressed).toMatchObject([{ ref: 'ref-1', holds: ['BESVART'] }]);
  });

  it('who became known after the first letter is listed, and not reminded of what never came', () => {
    const late = story({ born: '2008-08-12' });
    late.when('2026-09-30T08:00:00Z', DECLINED, { effective: '2026-08-10' });
    expect(outcome('W25', '2026-27', late, { today: '2026-10-05' })).toEqual(['FIKK_IKKE_FORSTE_BREV']);
  });

  it('the SMS follows October’s letter by the county’s days, to the youth alone', () => {
    const minor = declined('2010-04-16');
    const made = mailing('W30-SMS', '2026-27', [minor], { today: '2026-10-20' });
    expect(made).toMatchObject({ from: '2026-10-15', to: '2026-11-14' });
    expect(made.triggers.map(({ recipient }) => recipient)).toEqual(['UNGDOM']);
    expect(outcome('W30', '2026-27', minor, { today: '2026-10-01' })).toEqual(['FORESATT', 'UNGDOM']);
    const { from } = mailing('W30-SMS', '2026-27', [], { policy: { letterSmsDays: 10 } });
    expect(from).toBe('2026-10-11');
  });
});

describe('other reasons to hold a letter back', () => {
  it('what is taken back by its source', () => {
    const youth = story({ born: '2008-08-12' });
    youth.when('2026-09-01T08:00:00Z', left('40014', 'AF'), { id: 'e-1', effective: '2026-08-28' });
    expect(outcome('W24', '2026-27', youth)).toEqual(['UNGDOM']);
    youth.when('2026-09-10T08:00:00Z', { kind: 'Annulled', annuls: 'e-1' }, { source: 'skole:40014' });
    expect(youth.registrations()).toEqual([]);
    expect(outcome('W24', '2026-27', youth)).toEqual(['ANNULLERT']);
  });

  it('a leaving that was a move', () => {
    const youth = story({ born: '2008-08-12' });
    youth.when('2026-09-01T08:00:00Z', left('40014', 'AF'), { effective: '2026-08-28' });
    youth.when('2026-09-02T08:00:00Z', started('40022'), { effective: '2026-08-31' });
    expect(outcome('W24', '2026-27', youth)).toEqual(['I_OPPLARING']);
  });

  it('the school that was left, or not come to, is no activity', () => {
    const youth = story({ born: '2008-08-12' });
    youth.when('2026-08-20T08:00:00Z', started('40014'), { effective: '2026-08-17' });
    youth.when('2026-09-01T08:00:00Z', left('40014', 'AF'), { effective: '2026-08-28' });
    expect(outcome('W24', '2026-27', youth)).toEqual(['UNGDOM']);
  });

  it('a contract that goes on', () => {
    const youth = declined();
    youth.when('2026-09-16T08:00:00Z', started('987654321', 'apprenticeship'), { effective: '2026-09-01' });
    expect(outcome('W24', '2026-27', youth)).toContain('HAR_LAREPLASS');
  });

  it('a registration by mistake, and a status outside the target group', () => {
    const mistake = declined();
    mistake.when('2026-09-16T08:00:00Z', status('2026-27', 'FEIL', { grounds: ['FEILREGISTRERT'] }));
    expect(outcome('W24', '2026-27', mistake)).toEqual(['FEILREGISTRERT']);
    const moved = declined();
    moved.when('2026-09-16T08:00:00Z', status('2026-27', 'OTFA_IM', { grounds: ['FLYTTET_FYLKE'] }));
    expect(outcome('W24', '2026-27', moved)).toEqual(['FLYTTET']);
  });

  it('a move out of the country that Folkeregisteret reports', () => {
    const youth = declined();
    youth.when('2026-09-16T08:00:00Z', { kind: 'Emigrated' });
    expect(outcome('W24', '2026-27', youth)).toContain('UTVANDRET');
  });

  it('D01 a strictly protected address, and then nothing else is said', () => {
    const p08 = declined('2007-09-17');
    p08.when('2026-09-16T08:00:00Z', { kind: 'Protection', grade: 'STRENGT_FORTROLIG' });
    const { triggers, suppressed } = mailing('W24', '2026-27', [p08]);
    expect(triggers).toEqual([]);
    expect(suppressed).toMatchObject([{ recipient: null, holds: ['STRENGT_FORTROLIG'], evidence: [] }]);
    expect(JSON.stringify(suppressed)).not.toContain('40200');
  });

  it('records about the youth that wait to be decided', () => {
    expect(outcome('W24', '2026-27', declined(), { waiting: true })).toEqual(['MELDINGER_VENTER']);
  });

  it('no order of the youths changes the list', () => {
    const youths = [declined(), declined('2010-04-16'), nonApplicant()];
    const made = (order: readonly number[]) => {
      const policy = defaultPolicy(countyNumber('40'));
      const list = startMailing(LETTERS.W24, { schoolYear: '2026-27', today: '2026-09-20', policy });
      for (const at of order) list.add(personRef(`ref-${at}`), youths[at]!.youth(), false);
      return list.finish();
    };
    expect(made([2, 1, 0])).toEqual(made([0, 1, 2]));
  });
});
