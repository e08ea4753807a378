import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';
import { followUp } from './adviserYear.ts';
import { dateOf, dayOf, officeHours } from './calendar.ts';
import { createIdentities, fictiveNumber, type Identity } from './identity.ts';
import type { YouthPlan } from './plan.ts';
import { type Random, seededRandom } from './random.ts';
import type { Notebook } from './record.ts';
import { register } from './registration.ts';
import type { MainGroup, PublishedTables } from './target.ts';

// Persons in the county's register and not in the published tables. The report gives 174 of them in June, 44 in the
// target group, and says that OT followed up many who were over 21. It does not explain the rest; the sample uses
// what spoils such figures in practice: one person under two numbers, persons taken over by another county. None of
// them appears in the tables at any reference date.

/** Born in these years, a person is over 21 in the whole school year. */
const OVER_AGE_BORN = ['1995-01-01', '1998-12-31'] as const;
/** One of the cast, known as over age (P18). */
const ONE_OVER_AGE: Identity = { fodselsnummer: '09899839924', fodselsdato: '1998-09-09' };

/** Youths per main group in June. */
type Groups = Partial<Record<MainGroup, number>>;
const OVER_AGE: Groups = { '1': 1, '2': 14, '3': 20, '4': 6, '5': 109 };
const TWICE: Groups = { '1': 3, '5': 13 };
const TAKEN_OVER = 8;

const CAUSES = {
  IKKE_SOKT: 50,
  TAKKET_NEI: 10,
  ANDRE_GRUNNER: 28,
};
const FIRST_NAMES = ['RASK', 'STILLE', 'KLOK', 'GLAD', 'MODIG', 'TÅLMODIG', 'LETTBENT', 'VENNLIG'];
const LAST_NAMES = ['BEKKESKRED', 'TYTTEBÆR', 'HAVØRN', 'LYNGHEI', 'STRANDSNIPE', 'BLÅVEIS', 'GAUPE'];
/** Neighbouring counties, with a municipality of each. */
const ELSEWHERE = [
  { county: '30', municipality: '3005' },
  { county: '42', municipality: '4204' },
  { county: '03', municipality: '0301' },
];

/**
 * @param inTables the youths of the tables with their plans, in order
 * @throws when the persons created here are not the difference between the register and the tables
 */
export function registerOutsideTheTables(
  inTables: readonly { plan: YouthPlan; who: Identity }[],
  target: PublishedTables,
  seed: number,
  book: Notebook,
): void {
  // A generator of its own: another youth here must not change the rest of the county.
  const random = seededRandom(seed + 1);
  const groups = [...groupsOf(OVER_AGE), ...groupsOf(TWICE), ...Array<MainGroup>(TAKEN_OVER).fill('5')];
  checkSums(groups, target);
  registerOverAge(random, book);
  registerTwice(inTables, random, book);
  registerTakenOver(random, book);
}

function checkSums(groups: readonly MainGroup[], target: PublishedTables): void {
  const inside = groups.filter((group) => group !== '5').length;
  if (target.register.total - target.total[2] !== groups.length)
    throw new Error(`${groups.length} youths outside the tables`);
  if (target.register.targetGroup - target.targetGroup[2] !== inside)
    throw new Error(`${inside} youths outside the tables in the target group`);
}

function registerOverAge(random: Random, book: Notebook): void {
  const next = createIdentities(random, ...OVER_AGE_BORN);
  const taken = new Set([ONE_OVER_AGE.fodselsnummer]);
  for (const [index, group] of random.shuffled(groupsOf(OVER_AGE)).entries()) {
    let who = index === 0 ? ONE_OVER_AGE : next();
    while (index > 0 && taken.has(who.fodselsnummer)) who = next();
    taken.add(who.fodselsnummer);
    registerAndFollowUp(
      planFor(group, random.weighted(CAUSES), random.pick([0, 0, 1, 2])),
      who,
      random,
      book,
    );
  }
}

/** An intake office gave a youth a number of its own, and the youth was already registered under the real one. The
 *  population register's cleaning reports name and birth date of both. */
function registerTwice(
  inTables: readonly { plan: YouthPlan; who: Identity }[],
  random: Random,
  book: Notebook,
): void {
  const known = inTables.filter(({ plan }) => plan.cells.every((at) => at !== null && at.group !== '1'));
  const days = new Set<string>();
  const alone = random.shuffled(known).filter(({ who }) => {
    const fresh = !days.has(who.fodselsdato);
    days.add(who.fodselsdato);
    return fresh;
  });
  for (const [index, group] of groupsOf(TWICE).entries()) {
    const original = alone[index];
    if (original === undefined) throw new Error('too few youths to register twice');
    const name = {
      fornavn: FIRST_NAMES[index % FIRST_NAMES.length],
      etternavn: LAST_NAMES[index % LAST_NAMES.length],
    };
    const { fodselsdato } = original.who;
    const number = fictiveNumber(fodselsdato, '38');
    reportResidence({ ...original.who, ...name }, '3803', '2020-08-20', random, book);
    const cause = random.pick(['IKKE_SOKT', 'TAKKET_NEI', 'ANDRE_GRUNNER'] as const);
    const plan = planFor(group, cause, group === '1' ? 2 : random.pick([1, 2]));
    registerAndFollowUp(plan, { fodselsnummer: number, fodselsdato, ...name }, random, book);
  }
}

/** Moved, and the new county has accepted: its youth from then on. */
function registerTakenOver(random: Random, book: Notebook): void {
  const next = createIdentities(random, '2001-01-01', '2003-12-31');
  for (let n = 0; n < TAKEN_OVER; n += 1) {
    const who = next();
    const { known } = register(planFor('5', 'IKKE_SOKT', 0), who, random, book);
    const { county, municipality } = random.pick(ELSEWHERE);
    const moved = dateOf(dayOf('2020-08-24') + random.between(0, 5));
    const adviser = (type: string, date: string, fields: Record<string, unknown>) => {
      const { fodselsnummer } = who;
      book.write({
        at: officeHours(dayOf(date), random),
        feed: 'ot-adviser',
        fodselsnummer,
        value: { id: book.id('ot'), type, kilde: 'ot:38204', fodselsnummer, dato: date, ...fields },
      });
    };
    if (known > dayOf(moved)) throw new Error('moved before OT knew of the youth');
    reportResidence(who, municipality, moved, random, book);
    adviser('kontakt', dateOf(dayOf(moved) + 7), { via: 'UNGDOM' });
    adviser('status', dateOf(dayOf(moved) + 8), { kode: 'OTFA_IM' });
    adviser('overlevering', dateOf(dayOf(moved) + 14), {
      tilFylke: county,
      svar: 'GODTATT',
      enhet: `${county}201`,
    });
  }
}

function reportResidence(
  who: Identity & { fornavn?: string | undefined; etternavn?: string | undefined },
  kommunenummer: string,
  dato: string,
  random: Random,
  book: Notebook,
): void {
  book.write({
    at: officeHours(dayOf(dato) + 1, random),
    feed: 'folkeregister',
    fodselsnummer: who.fodselsnummer,
    value: { id: book.id('flytting'), type: 'flytting', ...who, dato, kommunenummer },
  });
}

/** Registered and followed up like all others. */
function registerAndFollowUp(plan: YouthPlan, who: Identity, random: Random, book: Notebook): void {
  const registered = register(plan, who, random, book);
  followUp(plan, { otovFirst: false, ownOffer: false }, registered, who, random, book);
}

/** The same at every reference date from `arrives` on. */
function planFor(group: MainGroup, tilmelding: Tilmeldingskode, arrives: 0 | 1 | 2): YouthPlan {
  const at = (date: 0 | 1 | 2) => (date < arrives ? null : { tilmelding, group });
  return { cells: [at(0), at(1), at(2)], arrives, annulledBefore: null };
}

function groupsOf(groups: Groups): MainGroup[] {
  return Object.entries(groups).flatMap(([group, count]) => Array<MainGroup>(count).fill(group as MainGroup));
}
