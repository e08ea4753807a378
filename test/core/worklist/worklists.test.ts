import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../../src/core/policy.ts';
import { RULES } from '../../../src/core/rules/rules.ts';
import { NO_PROGRESS, type ProgressOf } from '../../../src/core/worklist/alertProgress.ts';
import { CHANNELS } from '../../../src/core/worklist/channel.ts';
import { inOrder, type WorkRow } from '../../../src/core/worklist/row.ts';
import { WORKLIST_IDS, type WorklistId } from '../../../src/core/worklist/worklistId.ts';
import { startWorklist, WORKLISTS, worklistNamed } from '../../../src/core/worklist/worklists.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import type { Youth } from '../../../src/core/youth/youth.ts';
import { contact, left, type Story, started, status, story } from '../../harness/story.ts';

const NOT_APPLIED: FactBody = { kind: 'NotApplied', schoolYear: '2027-28' };
const silence = (channel: string): FactBody => ({ kind: 'ContactAttempt', channel, answered: false });

function made(
  id: WorklistId,
  today: string,
  youths: readonly (Story | Youth)[],
  change: Partial<Policy> = {},
  progress: ProgressOf = () => NO_PROGRESS,
) {
  const list = startWorklist(WORKLISTS[id], {
    today,
    policy: { ...defaultPolicy(countyNumber('40')), ...change },
    progress,
  });
  for (const [at, each] of youths.entries())
    list.add(personRef(`ref-${at}`), 'facts' in each ? each : each.youth());
  return list.finish();
}

const refs = (id: WorklistId, today: string, youths: readonly Story[]) =>
  made(id, today, youths).rows.map(({ ref }) => ref);

function dropout(born = '2008-06-21', at = '2026-10-06') {
  const youth = story({ born });
  youth.when(`${at}T08:00:00Z`, left('40014', 'FV'), { effective: at });
  return youth;
}

function nonApplicant() {
  const youth = story({ born: '2008-06-21' });
  youth.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
  return youth;
}

describe('the lists are data', () => {
  it('each has its own id, with a title and a sentence', () => {
    expect(Object.keys(WORKLISTS).sort()).toEqual([...WORKLIST_IDS].sort());
    for (const id of WORKLIST_IDS) {
      expect(WORKLISTS[id].id).toBe(id);
      expect(WORKLISTS[id].title).not.toBe('');
      expect(WORKLISTS[id].text).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it('the wheel names them: W15 is the list of those who have not answered', () => {
    expect(worklistNamed('W15')?.id).toBe('unanswered');
    expect(worklistNamed('W02')?.id).toBe('stale-statuses');
    expect(worklistNamed('no-contact')?.id).toBe('no-contact');
    expect(worklistNamed('W04')).toBeUndefined();
    expect(worklistNamed('toString')).toBeUndefined();
  });
});

describe('alerts that no receiver has opened', () => {
  const opened = (at: string): ProgressOf => {
    return () => ({ ...NO_PROGRESS, opened: at });
  };

  it('are listed from the third day after all they rest on had come in', () => {
    // Reported a week after it happened: no receiver could have opened it before.
    const late = story({ born: '2008-06-21' });
    late.when('2026-10-13T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    const on = (today: string) => made('not-opened', today, [late]).rows;
    expect(on('2026-10-15')).toEqual([]);
    const [row, more] = on('2026-10-16');
    expect(row).toMatchObject({ kind: 'NY_TILMELDING', since: '2026-10-13' });
    expect(row?.reason).toMatch(/^Ikke åpnet, og ikke levert/);
    expect(more).toBeUndefined();
  });

  it('are not listed once opened, or once there is nothing to do', () => {
    const youth = dropout();
    expect(made('not-opened', '2026-10-20', [youth], {}, opened('2026-10-19T08:00:00.000Z')).rows).toEqual(
      [],
    );
    expect(made('not-opened', '2026-10-20', [youth]).rows).toHaveLength(1);
    const met = nonApplicant();
    expect(made('not-opened', '2027-03-20', [met]).rows).toHaveLength(1);
    met.when('2027-03-19T08:00:00Z', contact);
    expect(made('not-opened', '2027-03-20', [met]).rows).toEqual([]);
  });

  it('say when they were delivered', () => {
    const delivered = () => ({ ...NO_PROGRESS, delivered: '2026-10-06T22:30:00.000Z' });
    expect(made('not-opened', '2026-10-20', [dropout()], {}, delivered).rows[0]?.reason).toContain(
      '2026-10-07',
    );
  });
});

describe('O01 silence is neither contact nor a no', () => {
  it('O01 the list shows the attempts by channel and suggests one that is untried', () => {
    const p20 = story({ born: '2004-12-20' });
    p20.when('2026-09-15T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    for (const [at, channel] of ['BREV', 'SMS', 'BREV', 'EPOST'].entries())
      p20.when(`2026-09-${22 + at}T08:00:00Z`, silence(channel));
    const [row] = made('no-contact', '2026-10-20', [p20]).rows;
    expect(row).toMatchObject({ rule: 'R02', attempts: { BREV: 2, SMS: 1, EPOST: 1 } });
    expect(row?.untried).toEqual(['TELEFON', 'SOSIALE_MEDIER', 'HJEMMEBESOK', 'OPPMOTE']);
    expect(row?.evidence).toHaveLength(5);
    expect(p20.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
  });

  it('O01 the county decides which way comes next', () => {
    const { rows } = made('no-contact', '2026-10-20', [dropout()], { channels: ['TELEFON', 'SMS'] });
    expect(rows[0]?.untried).toEqual(['TELEFON', 'SMS']);
  });

  it('O01 when all has been tried nothing is left to suggest', () => {
    const youth = dropout();
    for (const channel of CHANNELS) youth.when('2026-10-12T08:00:00Z', silence(channel));
    expect(made('no-contact', '2026-10-20', [youth]).rows[0]?.untried).toEqual([]);
  });

  it('O01 an answer takes the youth off the list, last year’s attempts do not count', () => {
    const reached = dropout();
    reached.when('2026-10-08T08:00:00Z', { kind: 'ContactAttempt', channel: 'SMS', answered: true });
    const lastYear = story({ born: '2008-06-21' });
    lastYear.when('2026-02-01T08:00:00Z', silence('TELEFON'));
    lastYear.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    const { rows } = made('no-contact', '2026-10-20', [reached, lastYear]);
    expect(rows.map(({ ref, attempts }) => [ref, attempts])).toEqual([['ref-1', {}]]);
  });

  it('the deadline for contact is shown with it', () => {
    expect(made('no-contact', '2026-10-08', [dropout()]).rows[0]?.deadline).toBe('2026-10-13');
  });
});

describe('W02 all youths are gone through before each report', () => {
  it('W02 who is not confirmed since the look-through began is in the list', () => {
    const stale = dropout();
    const fresh = dropout();
    fresh.when('2027-01-12T08:00:00Z', contact);
    const opened = dropout('2008-06-21', '2027-01-08');
    const list = made('stale-statuses', '2027-01-20', [stale, fresh, opened]);
    expect(list.since).toBe('2027-01-01');
    expect(list.rows).toMatchObject([{ ref: 'ref-0', rule: 'W02', since: '2026-10-06' }]);
    expect(list.rows[0]?.evidence).toHaveLength(1);
  });

  it('W17 a status an adviser sets in June is a confirmation, and asks again in the next look-through', () => {
    const youth = dropout();
    youth.when('2027-06-02T08:00:00Z', contact);
    youth.when('2027-06-02T08:01:00Z', status('2026-27', 'OTOV'));
    expect(refs('stale-statuses', '2027-06-05', [youth])).toEqual([]);
    expect(refs('stale-statuses', '2027-05-30', [dropout()])).toEqual(['ref-0']);
  });

  it('W26 a county that begins later counts from its own day', () => {
    const wheel = [{ id: 'W26', schoolYear: '2026-27', from: '2026-10-19', to: '2026-11-04' }] as const;
    expect(made('stale-statuses', '2026-10-25', [dropout()], { wheel }).rows).toHaveLength(1);
    expect(made('stale-statuses', '2026-10-18', [dropout()], { wheel }).since).toBe('2026-06-01');
    expect(made('stale-statuses', '2026-10-25', [dropout()]).rows).toHaveLength(0);
  });

  it('W02 next year’s registrations wait for their year', () => {
    expect(refs('stale-statuses', '2027-06-05', [nonApplicant()])).toEqual([]);
  });
});

describe('W06, W15 non-applicants', () => {
  it('W06 the list names the school that last had them', () => {
    const youth = nonApplicant();
    youth.when('2027-03-17T08:00:00Z', started('40014'), { effective: '2026-08-17' });
    expect(made('non-applicants', '2027-03-20', [youth]).rows).toMatchObject([
      { rule: 'W06', schoolYear: '2027-28', institution: '40014' },
    ]);
    youth.when('2027-03-18T08:00:00Z', { kind: 'Protection', grade: 'FORTROLIG' });
    expect(made('non-applicants', '2027-03-20', [youth]).rows[0]?.institution).toBeNull();
  });

  it('W15 who has not answered stays in the list through August, when the year has begun', () => {
    const answered = nonApplicant();
    answered.when('2027-06-01T08:00:00Z', { kind: 'ContactAttempt', channel: 'BREV', answered: true });
    expect(refs('unanswered', '2027-06-10', [nonApplicant(), answered])).toEqual(['ref-0']);
    expect(refs('unanswered', '2027-08-14', [nonApplicant(), answered])).toEqual(['ref-0']);
    expect(made('unanswered', '2027-06-10', [nonApplicant()]).rows[0]?.rule).toBe('W15');
  });
});

describe('W18 the coming year', () => {
  it('W18 lists who is registered for it, and who in the target group is not', () => {
    const ahead = dropout();
    ahead.when('2027-06-02T08:00:00Z', contact);
    ahead.when('2027-06-03T08:00:00Z', status('2027-28', 'OTOV'));
    const inWork = dropout();
    inWork.when('2027-02-01T08:00:00Z', contact);
    inWork.when('2027-02-02T08:00:00Z', status('2026-27', 'OTAR', { viaOt: 'NEI' }));
    const { rows } = made('coming-year', '2027-06-04', [ahead, dropout(), inWork]);
    expect(rows.map(({ ref, schoolYear, rule }) => `${ref} ${schoolYear} ${rule}`).sort()).toEqual([
      'ref-0 2027-28 R43',
      'ref-1 2026-27 R43',
    ]);
    for (const { reason } of rows) expect(reason).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe('lists of what is open', () => {
  it('W20 pupils at risk are listed with the meeting as deadline', () => {
    const youth = story({ born: '2009-03-14' });
    youth.when('2026-09-21T08:00:00Z', { kind: 'AtRisk', institution: '40014', meeting: '2026-09-25' });
    expect(made('at-risk', '2026-09-22', [youth, dropout()]).rows).toMatchObject([
      { ref: 'ref-0', kind: 'AVKLARINGSSAMTALE', rule: 'R41', deadline: '2026-09-25', priority: 'HOY' },
    ]);
  });

  it('W08 tenth-graders without plans are listed with the day of the meeting', () => {
    const youth = story({ born: '2011-03-14' });
    youth.when('2027-03-10T08:00:00Z', {
      kind: 'WithoutPlans',
      schoolYear: '2027-28',
      institution: '974567',
      meeting: '2027-05-12',
    });
    expect(made('without-plans', '2027-03-20', [youth]).rows).toMatchObject([
      { kind: 'UTEN_PLANER', deadline: '2027-05-12' },
    ]);
  });

  it('W21 deadlines come with the nearest first', () => {
    const later = dropout('2008-06-21', '2026-10-12');
    const { rows } = made('deadlines', '2026-10-13', [later, dropout()]);
    expect(rows.map(({ ref, deadline }) => `${ref} ${deadline}`)).toEqual([
      'ref-1 2026-10-13',
      'ref-0 2026-10-19',
    ]);
  });

  it('R49 open questions come by priority, and each says why', () => {
    const risky = story({ born: '2009-03-14' });
    risky.when('2026-09-21T08:00:00Z', { kind: 'AtRisk', institution: '40014', meeting: null });
    const pupil = story({ born: '2008-08-12' });
    pupil.when('2026-09-10T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    pupil.when('2026-09-18T08:00:00Z', started('46901', 'private-school'), { effective: '2026-08-17' });
    const { rows } = made('open-questions', '2026-09-25', [pupil, risky]);
    expect(rows.map(({ ref, priority, proposed }) => [ref, priority, ...proposed])).toEqual([
      ['ref-1', 'HOY', 'ELVG_IM'],
      ['ref-0', 'VANLIG', 'OTVF_IM'],
    ]);
    const known = new Set(RULES.map(({ id }) => id));
    for (const { rule, evidence } of rows) {
      expect(known).toContain(rule);
      expect(evidence).not.toEqual([]);
    }
  });
});

describe('Y05 the age limit', () => {
  it('Y05 the last year gives a closing list before New Year', () => {
    const p05a = story({ born: '2002-12-31' });
    p05a.when('2026-09-15T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    p05a.wait('2026-12-05T08:00:00Z');
    expect(made('closing-for-age', '2026-12-05', [p05a, dropout()]).rows).toMatchObject([
      { ref: 'ref-0', kind: 'ALDERSGRENSE' },
    ]);
  });

  it('Y05 those whom the limit of 2024 brings back are in a list for decision, and are not registered', () => {
    const p05a = story({ born: '2002-12-31' });
    p05a.when('2022-10-10T08:00:00Z', left('40014', 'AF'), { effective: '2022-10-06' });
    const before = p05a.registrations();
    expect(made('reopened-by-limit', '2024-07-31', [p05a]).rows).toEqual([]);
    expect(made('reopened-by-limit', '2024-08-01', [p05a, dropout()]).rows).toMatchObject([
      { ref: 'ref-0', rule: 'Q1', schoolYear: '2022-23', deadline: '2026-12-31' },
    ]);
    p05a.wait('2024-09-01T08:00:00Z');
    expect(p05a.registrations()).toEqual(before);
    expect(made('reopened-by-limit', '2027-01-01', [p05a]).rows).toEqual([]);
  });
});

describe('what the lists never show', () => {
  it('D01 a strictly protected youth is counted and not listed', () => {
    const p08 = dropout('2007-09-17');
    p08.when('2026-10-07T08:00:00Z', { kind: 'Protection', grade: 'STRENGT_FORTROLIG' });
    expect(made('no-contact', '2026-10-20', [p08, dropout()])).toMatchObject({
      rows: [{ ref: 'ref-1' }],
      leftOut: 1,
    });
  });

  it('no order of reading changes a list', () => {
    const youths = [dropout(), dropout('2009-03-14', '2026-09-01'), nonApplicant(), dropout('2010-01-01')];
    const inTurn = (order: readonly number[]) => {
      const list = startWorklist(WORKLISTS['no-contact'], {
        today: '2026-10-20',
        policy: defaultPolicy(countyNumber('40')),
      });
      for (const at of order) list.add(personRef(`ref-${at}`), youths[at]!.youth());
      return list.finish();
    };
    const expected = inTurn([0, 1, 2, 3]);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        expect(inTurn(order)).toEqual(expected);
      }),
    );
  });

  it('urgent rows come first, then the nearest deadline, then the longest wait', () => {
    const [base] = made('no-contact', '2026-10-20', [dropout()]).rows;
    const row = (change: Partial<WorkRow>): WorkRow => ({ ...base!, ...change });
    const rows = [
      row({ priority: 'VANLIG', deadline: '2026-10-01' }),
      row({ priority: 'HOY', deadline: null }),
      row({ priority: 'HOY', deadline: '2026-10-20', since: '2026-10-06' }),
      row({ priority: 'HOY', deadline: '2026-10-20', since: '2026-09-06' }),
    ];
    expect(rows.toSorted(inOrder)).toEqual([rows[3], rows[2], rows[1], rows[0]]);
  });
});
