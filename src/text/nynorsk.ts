import type { Language, Text, Written } from '../core/language.ts';
import type { Problem } from '../core/problem.ts';
import { RULES } from '../core/rules/rules.ts';
import { ACCESS } from '../core/sentences/access.ts';
import { ALERT_KIND } from '../core/sentences/alertKinds.ts';
import { CELL } from '../core/sentences/cells.ts';
import { CURE } from '../core/sentences/cures.ts';
import { DESK } from '../core/sentences/desk.ts';
import { FIELD } from '../core/sentences/fields.ts';
import { FILE } from '../core/sentences/files.ts';
import { CONTACT_REASON, GROUND, OVERRIDE } from '../core/sentences/grounds.ts';
import { HOLD } from '../core/sentences/holds.ts';
import { IDENTITY } from '../core/sentences/identity.ts';
import { LETTER } from '../core/sentences/letters.ts';
import { LIST } from '../core/sentences/lists.ts';
import { NAV } from '../core/sentences/nav.ts';
import { PROBLEM_CODE } from '../core/sentences/problemCodes.ts';
import { PURPOSE } from '../core/sentences/purposes.ts';
import { RECEIVER_URL } from '../core/sentences/receiverUrls.ts';
import { REFUSAL } from '../core/sentences/refusals.ts';
import { REFUSED } from '../core/sentences/refused.ts';
import { REFUSED_FILE } from '../core/sentences/refusedFiles.ts';
import { REFUSED_REQUEST } from '../core/sentences/refusedRequests.ts';
import { ROLE } from '../core/sentences/roles.ts';
import { ROW } from '../core/sentences/rows.ts';
import { SUBSCRIPTION } from '../core/sentences/subscriptions.ts';
import { TABLE } from '../core/sentences/tables.ts';
import { TRIED } from '../core/sentences/tried.ts';
import { WHEEL_TEXT } from '../core/sentences/wheel.ts';
import { LISTED } from '../core/sentences/worklists.ts';
import { WORKLIST } from '../core/sentences/worklistTitles.ts';
import { BULK_WHY } from './bulkWhy.ts';

// What was said in bokmål, in nynorsk. Problems are stored, sent and answered with the sentence of the catalogue, in which the
// field, the codes and the counts are as they were: read against the catalogue it gives back which sentence it was and what
// it was about. So the same stored problem is shown in either form, also when it was stored before there was a second one.

type Catalogue = Written<Readonly<Record<string, Text>>>;

/** Every catalogue whose sentences are stored or sent in bokmål. A sentence of one is a sentence of all. */
export const SENTENCES: Readonly<Record<string, Catalogue>> = {
  ...{ ACCESS, FIELD, CURE, ROW, CELL, IDENTITY, FILE, LIST, TRIED, DESK, LISTED },
  ...{ ALERT_KIND, CONTACT_REASON, GROUND, HOLD, LETTER, NAV, OVERRIDE, PURPOSE, ROLE },
  ...{
    REFUSAL,
    REFUSED,
    REFUSED_FILE,
    REFUSED_REQUEST,
    RECEIVER_URL,
    SUBSCRIPTION,
    TABLE,
    WHEEL_TEXT,
    WORKLIST,
  },
};

/** A sentence made of something: what comes before, between and after it, in bokmål. */
interface Pattern {
  /** Characters of the sentence itself. */
  own: number;
  first: string;
  last: string;
  whole: RegExp;
  say: (...about: string[]) => string;
}

/** Of private use: they mark what a sentence is made of, and no sentence has them. */
const FIRST_MARK = 0xe000;
const MARK = /[\uE000-\uE007]/g;

/** What a sentence is about holds no end of a sentence: else one would swallow the next. */
const HOLE = '((?:(?![.?!] [\\p{Lu}\\d]).)+?)';

const whole = new Map<string, string>([
  ...RULES.map(({ text, nynorsk }): [string, string] => [text, nynorsk]),
  ...Object.entries(BULK_WHY.nb).flatMap(([why, { text, cure }]): [string, string][] => {
    const other = BULK_WHY.nn[why as keyof typeof BULK_WHY.nn];
    return [
      [text, other.text],
      [cure, other.cure],
    ];
  }),
]);
const patterns: Pattern[] = [];

for (const { nb, nn } of Object.values(SENTENCES)) {
  for (const [key, text] of Object.entries(nb)) {
    const other = nn[key];
    if (typeof text === 'string' && typeof other === 'string') whole.set(text, other);
    else if (typeof text === 'function' && typeof other === 'function') patterns.push(pattern(text, other));
  }
}
// The one that says most comes first: «Feltet «x» er ikke et tidspunkt.» before anything that only begins like it.
patterns.sort((one, other) => other.own - one.own);

function pattern(nb: (...about: never[]) => string, nn: (...about: never[]) => string): Pattern {
  const marks = Array.from({ length: nb.length }, (_, at) => String.fromCharCode(FIRST_MARK + at));
  const made = (nb as Pattern['say'])(...marks);
  const parts = made.split(MARK);
  const order = [...made.matchAll(MARK)].map(([mark]) => mark.charCodeAt(0) - FIRST_MARK);
  return {
    own: parts.join('').length,
    first: parts[0] ?? '',
    last: parts.at(-1) ?? '',
    whole: new RegExp(`^${parts.map(RegExp.escape).join(HOLE)}$`, 'su'),
    // A mark may be said twice, or in another order than it is given.
    say: (...found) => (nn as Pattern['say'])(...marks.map((_, at) => found[order.indexOf(at)] ?? '')),
  };
}

/** A sentence or several that the program has said in bokmål, in nynorsk; null where one of them is not in a catalogue. */
export function inNynorsk(text: string): string | null {
  const known = sentence(text);
  if (known !== null) return known;
  const parts = text.split(/(?<=[.?!]) (?=[\p{Lu}\d])/u);
  return parts.length > MOST ? null : joined(parts, parts.length);
}

/** Longer than any that is made of parts: the errors of one row, or what has become of a list. */
const MOST = 40;

/** One sentence of the catalogue may be several to the eye: of all ways to part the text, the first that is known. */
function joined(parts: readonly string[], end: number): string | null {
  const best: (string | null)[] = [''];
  for (let to = 1; to <= end; to++) {
    best[to] = null;
    for (let from = 0; from < to && best[to] === null; from++) {
      const before = best[from];
      if (before === null || before === undefined) continue;
      const said = sentence(parts.slice(from, to).join(' '));
      if (said !== null) best[to] = before === '' ? said : `${before} ${said}`;
    }
  }
  return best[end] ?? null;
}

function sentence(text: string): string | null {
  const exact = whole.get(text);
  if (exact !== undefined) return exact;
  for (const { first, last, whole: form, say } of patterns) {
    if (!text.startsWith(first) || !text.endsWith(last)) continue;
    const found = form.exec(text);
    if (found !== null) return say(...found.slice(1));
  }
  return null;
}

/** What the program says in bokmål, in the language of the page where that can be; for a name that cannot be marked as of
 *  another language. */
export function wordsIn(language: Language, text: string): string {
  return language === 'nb' ? text : (inNynorsk(text) ?? text);
}

/** What is wrong and what to do, in the language of the page. A problem that was kept in words no catalogue has is said by
 *  its code. */
export function problemIn(
  language: Language,
  { code, text, cure }: Pick<Problem, 'code' | 'text' | 'cure'>,
): { text: string; cure: string } {
  if (language === 'nb') return { text, cure: forPeople(language, cure) };
  const byCode = PROBLEM_CODE.nn[code];
  return {
    text: inNynorsk(text) ?? byCode.text,
    cure: forPeople(language, inNynorsk(cure) ?? byCode.cure),
  };
}

/** A system is given the form of dates that it sends; a person writes them as dates are written, and they are taken so. */
const DATE_FORM = /Skriv datoen som ÅÅÅÅ-MM-DD(?:, (?:for eksempel|til dømes) 2026-10-06)?\./g;

function forPeople(language: Language, text: string): string {
  return text.replaceAll(DATE_FORM, CURE[language].dateAsWritten);
}

/** A table of what was judged in the language of the page: its first heading, and headings and cells of its last columns, which
 *  are ours. What a sender wrote is left as it is.
 *  @param ours how many of the last columns */
export function judgedIn(
  language: Language,
  table: readonly (readonly string[])[],
  ours: number,
): string[][] {
  const said = (cell: string) => forPeople(language, wordsIn(language, cell));
  return table.map((row, at) =>
    row.map((cell, column) => {
      const own = column >= row.length - ours || (at === 0 && column === 0);
      return own ? said(cell) : cell;
    }),
  );
}
