// Whether a side is open, and what is shown when it is not, as one reads the domain reference (§1.9, Q7, N06–N08): from
// the last thing each party has said, without the register's table of changes and without the product's walk.

export interface Said {
  side: string;
  party: string;
  state: string;
  at: string;
  validTo: string | null;
  scope?: readonly string[];
  guardians?: number;
}

export type Age = 'minor' | 'adult' | 'leap-day' | 'unknown';
/** What a person is shown: a no, an unclear answer, a consent that ran out, an open question, nothing. */
export type Shown = 'yes' | 'no' | 'unclear' | 'expired' | 'waiting' | 'missing';

/** What the party has said last. Two different answers of one moment are none. */
function last(said: readonly Said[], side: string, party: string, at: string): Shown {
  const own = said.filter((one) => one.side === side && one.party === party && one.at <= at);
  const moment = own.reduce((latest, one) => (one.at > latest ? one.at : latest), '');
  const final = own.filter((one) => one.at === moment);
  const states = new Set(final.map(({ state }) => state));
  if (states.size === 0) return 'missing';
  if (states.size > 1) return 'unclear';
  const [state] = states;
  const over = final.some(({ validTo }) => validTo !== null && validTo <= at);
  if (state === 'SAMTYKKET') return over ? 'expired' : 'yes';
  if (state === 'VENTER_PAA_SVAR') return over ? 'expired' : 'waiting';
  return state === 'UTLOPT' || state === 'SVARFRIST_PASSERT' ? 'expired' : 'no';
}

/** How many guardians there are, as the last to say it says; NAV asks both where there are two. Null: no one has said. */
function numberOfGuardians(said: readonly Said[], at: string): number | null {
  const saying = said
    .filter((one) => one.at <= at)
    .map((one) => ({ at: one.at, number: one.party === 'FORESATT2' ? 2 : one.guardians }))
    .filter(({ number }) => number !== undefined);
  const newest = saying.filter((one) => saying.every((other) => other.at <= one.at));
  return newest.length === 0 ? null : Math.max(...newest.map(({ number }) => number ?? 0));
}

/** All who have a say, and what each has come to. */
export function shown(said: readonly Said[], side: string, age: Age, at: string): Shown {
  if (age === 'leap-day') return 'missing';
  const youth = last(said, side, 'UNGDOM', at);
  if (age === 'adult') return youth;
  const [one, two] = [last(said, side, 'FORESATT', at), last(said, side, 'FORESATT2', at)];
  const number = numberOfGuardians(said, at);
  // A youth without an answer stops nothing, except while the age is not known; a guardian does.
  const asked = [
    one,
    ...(number === 2 ? [two] : []),
    ...(age === 'minor' && youth === 'missing' ? [] : [youth]),
  ];
  const order: Shown[] = ['no', 'unclear', 'expired', 'waiting', 'missing'];
  return order.find((each) => asked.includes(each)) ?? (number === null ? 'missing' : 'yes');
}

/** Whether a party's yes names measures: every record of its last moment must. */
function namesMeasures(said: readonly Said[], side: string, party: string, at: string): boolean {
  const own = said.filter((one) => one.side === side && one.party === party && one.at <= at);
  return own
    .filter((one) => own.every((other) => other.at <= one.at))
    .every(({ scope }) => scope?.includes('TILTAK'));
}

/** Both directions, and each who has said yes has said it of measures too (§1.9, point 4: «a wider consent»). */
export function measuresOpen(said: readonly Said[], age: Age, at: string): boolean {
  const guardians = numberOfGuardians(said, at) === 2 ? ['FORESATT', 'FORESATT2'] : ['FORESATT'];
  const heard = age === 'adult' ? ['UNGDOM'] : ['UNGDOM', ...guardians];
  return (
    bothOpen(said, age, at) &&
    ['A', 'B'].every((side) =>
      heard.every((party) => last(said, side, party, at) !== 'yes' || namesMeasures(said, side, party, at)),
    )
  );
}

/** Both directions (R48). */
export function bothOpen(said: readonly Said[], age: Age, at: string): boolean {
  return ['A', 'B'].every((side) => shown(said, side, age, at) === 'yes');
}
