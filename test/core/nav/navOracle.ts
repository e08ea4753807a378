// Who NAV may be asked about, and whose answer may be used, worked out day by day from the domain reference (§1.9, N01–N08,
// Q7, Y04) and not from the program: each party's consent is lived through one day at a time.

export const PARTIES = ['UNGDOM', 'FORESATT', 'FORESATT2'] as const;
export const STATES = [
  'SAMTYKKET',
  'IKKE_SAMTYKKET',
  'VENTER_PAA_SVAR',
  'TRUKKET',
  'SVARFRIST_PASSERT',
  'UTLOPT',
] as const;

/** Days count from the first of the tale; what happens on a day happens at noon, and questions are asked at 13. */
export interface Tale {
  /** Age in days on day 0; null: not known. */
  birthday18: number | null;
  /** Born on a leap day: the day before the 18th birthday's substitute neither counts. */
  leapDay: boolean;
  said: {
    side: 'A' | 'B';
    party: (typeof PARTIES)[number];
    state: (typeof STATES)[number];
    day: number;
    until: number | null;
    /** The answer names measures. */
    wide: boolean;
    /** How many guardians it says that there are. */
    guardians?: 1 | 2 | undefined;
  }[];
  /** Kode 4, 6 or 7 from that day, and whether it is lifted again. */
  graded: { from: number; lifted: number | null; code?: 4 | 6 | 7 } | null;
  agreements: readonly { from: number; to: number; revoked: number | null }[];
  inGroup: boolean;
  merged: boolean;
  /** When NAV was asked, or the answer came; and when the question is put. */
  since: number;
  today: number;
}

export function oracleAsks(tale: Tale): boolean {
  return tale.inGroup && common(tale) && holds(tale, 'A');
}

export function oracleUses(tale: Tale): boolean {
  return common(tale) && holds(tale, 'A') && holds(tale, 'B');
}

/** What NAV says of measures: everyone who has said yes, on either side, has said it of them too. */
export function oracleUsesMeasures(tale: Tale): boolean {
  return common(tale) && holds(tale, 'A', true) && holds(tale, 'B', true);
}

function common({ agreements, graded, merged, today, birthday18 }: Tale): boolean {
  if (merged || birthday18 === null) return false;
  const agreed = agreements.some(
    ({ from, to, revoked }) => from <= today && today <= to && (revoked === null || revoked > today),
  );
  // A grade that is announced holds as soon as it is known; lifting it holds from its day.
  const hidden = graded !== null && !(graded.lifted !== null && graded.lifted <= today);
  return agreed && !hidden;
}

function holds(tale: Tale, side: 'A' | 'B', measures = false): boolean {
  for (let day = tale.since; day <= tale.today; day += 1)
    if (!heldAllDay({ tale, side, measures }, day)) return false;
  return true;
}

interface Asked {
  tale: Tale;
  side: 'A' | 'B';
  measures: boolean;
}

/** From the question (or midnight) to the next one. On the first day only what is so at 13. */
function heldAllDay(asked: Asked, day: number): boolean {
  const morning = day > asked.tale.since ? [{ day, said: day - 1 }] : [];
  return [...morning, { day, said: day }].every((moment) => permitted(asked, moment));
}

function permitted({ tale, side, measures }: Asked, { day, said }: { day: number; said: number }): boolean {
  const { birthday18, leapDay } = tale;
  if (birthday18 === null) return false;
  const states = PARTIES.map((party) => stateOf(tale, side, party, said));
  const [youth, guardian, other] = states;
  if (leapDay && day === birthday18 - 1) return false;
  const yes = measures ? ['WIDE'] : ['YES', 'WIDE'];
  // Who has not been asked does not stop the others, but who has must have said as much as they.
  const notAgainst = [...yes, 'NONE'];
  if (day >= birthday18) return yes.includes(youth!);
  const number = guardiansOf(tale, said);
  if (number === null) return false;
  const both = number === 1 || yes.includes(other!);
  return yes.includes(guardian!) && both && notAgainst.includes(youth!);
}

/** NAV asks both guardians of a minor: the last word of how many there are; null when no one has said. */
function guardiansOf({ said }: Tale, upTo: number): number | null {
  let number: number | null = null;
  for (let day = 0; day <= upTo; day += 1) {
    const words = said
      .filter((each) => each.day === day)
      .flatMap(({ party, guardians }) => (party === 'FORESATT2' ? [2] : (guardians ?? [])));
    if (words.length > 0) number = Math.max(...words);
  }
  return number;
}

/** YES or WIDE (it names measures), NO also for all that is not clearly yes; NONE when the party has never been asked. */
function stateOf({ said }: Tale, side: string, party: string, upTo: number): string {
  let now: string | null = null;
  let until: number | null = null;
  let wide = false;
  for (let day = 0; day <= upTo; day += 1) {
    const today = said.filter((each) => each.side === side && each.party === party && each.day === day);
    const [first] = today;
    if (first === undefined) continue;
    const differ = today.some(({ state }) => state !== first.state);
    const isYes = now === 'SAMTYKKET';
    if (differ) now = 'TIE';
    else if (now === null || now === 'TIE' || isYes || allowed(now, first.state)) now = first.state;
    else continue;
    wide = today.every((each) => each.wide);
    const ends = today.flatMap((each) => (each.until === null ? [] : [each.until]));
    until = differ || ends.length === 0 ? null : Math.min(...ends);
  }
  if (now === null) return 'NONE';
  if (now !== 'SAMTYKKET' || (until !== null && until <= upTo)) return 'NO';
  return wide ? 'WIDE' : 'YES';
}

/** The matrix of KS Fiks samtykke, for one who has not said yes. A question's deadline passes only while it is open. */
function allowed(now: string, next: string): boolean {
  if (now === next || next === 'VENTER_PAA_SVAR' || next === 'SAMTYKKET') return true;
  return now === 'VENTER_PAA_SVAR' && (next === 'IKKE_SAMTYKKET' || next === 'SVARFRIST_PASSERT');
}
