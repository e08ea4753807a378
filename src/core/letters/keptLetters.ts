import { comingOfAge } from '../age/majority.ts';
import type { Policy } from '../policy.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { RowPlace } from '../worklist/row.ts';
import type { YouthCase } from '../worklist/youthCase.ts';
import { LETTERS, type Letter } from './letter.ts';
import { LETTER_IDS, type LetterId } from './letterId.ts';
import {
  type LetterTrigger,
  type MailingScope,
  mailingScope,
  type OwnLines,
  onDay,
  ownLines,
  type Suppressed,
} from './mailing.ts';

// A letter's lines as rows that are kept: those who get it come before those who do not.

/** A letter about the registrations of a school year. */
export type LetterList = `${LetterId} ${SchoolYear}`;

export function letterList(id: LetterId, schoolYear: SchoolYear): LetterList {
  return `${id} ${schoolYear}`;
}

export type LetterRow = Pick<RowPlace, 'number' | 'priority' | 'deadline' | 'since'> & {
  list: LetterList;
  /** Empty: a youth in hiding is in no unit's list. */
  owner: string;
};

/** Decides which lines of any letter a youth has on a day, from cases that are opened already. */
export function startLetters(
  policy: Policy,
): (known: YouthCase, today: IsoDate, waiting: boolean) => LetterRow[] {
  const scopes = new Map<LetterList, MailingScope>();
  const scopeOf = (list: LetterList, letter: Letter, schoolYear: SchoolYear) => {
    const known = scopes.get(list) ?? mailingScope(letter, { schoolYear, today: '0001-01-01', policy });
    scopes.set(list, known);
    return known;
  };
  // Of the youth that was looked at last: a letter that goes later has the same lines on all days before that.
  let of: YouthCase | undefined;
  const before = new Map<LetterList, { on: IsoDate; rows: LetterRow[] }>();
  return (known, today, waiting) => {
    if (known !== of) before.clear();
    of = known;
    const years = new Set(known.files.map(({ schoolYear }) => schoolYear));
    return [...years].flatMap((schoolYear) =>
      LETTER_IDS.flatMap((id) => {
        const list = letterList(id, schoolYear);
        const scope = onDay(scopeOf(list, LETTERS[id], schoolYear), today);
        const last = before.get(list);
        if (last?.on === scope.on) return last.rows;
        const rows = rowsOf(list, ownLines(scope, known, waiting));
        before.set(list, { on: scope.on, rows });
        return rows;
      }),
    );
  };
}

/** Days on which a letter may have other lines for the youth, besides those on which lists of all youths turn. */
export function letterTurns({ ledger: { born } }: YouthCase, { majority }: Policy): IsoDate[] {
  const age = comingOfAge(born, majority);
  return age === null ? [] : [age.guardianEnds];
}

/** Is the line one of those who get the letter? */
export function gets({ priority }: Pick<RowPlace, 'priority'>): boolean {
  return priority === 'HOY';
}

export type Line = { trigger: LetterTrigger } | { suppressed: Suppressed };

/** The youth's lines by the numbers of their rows. */
export function numbered({ triggers, suppressed }: OwnLines): Line[] {
  return [...triggers.map((trigger) => ({ trigger })), ...suppressed.map((each) => ({ suppressed: each }))];
}

/** Where a line is in the letter's lists. */
export function placeOfLine(line: Line, number: number): RowPlace {
  const { ref } = 'trigger' in line ? line.trigger : line.suppressed;
  return { ref, number, priority: 'trigger' in line ? 'HOY' : 'VANLIG', deadline: null, since: SINCE };
}

/** A line waits for nothing: all are from the same day. */
const SINCE = '0001-01-01';

function rowsOf(list: LetterList, lines: OwnLines): LetterRow[] {
  return numbered(lines).map((line, at) => {
    const { ref: _ref, ...place } = placeOfLine(line, at);
    const owner = 'trigger' in line ? line.trigger.owner : (line.suppressed.owner ?? '');
    return { list, ...place, owner };
  });
}
