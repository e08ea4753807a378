import { followUp } from './adviserYear.ts';
import { answerAboutNav } from './consents.ts';
import { createIdentities, type Identity } from './identity.ts';
import {
  annul,
  changeProgramme,
  correct,
  garble,
  judgeWithoutContact,
  lateDropout,
  lateStatus,
  missNextYear,
  type RegisteredYouth,
  resend,
} from './noise.ts';
import { registerOutsideTheTables } from './outsideTheTables.ts';
import { planYear, type YouthPlan } from './plan.ts';
import { type Random, seededRandom } from './random.ts';
import { createNotebook, type Notebook, type SampleRecord } from './record.ts';
import { register } from './registration.ts';
import { planSpells } from './statusSpells.ts';
import { type PublishedTables, VESTFOLD_OG_TELEMARK } from './target.ts';

/** Any other seed gives another county with the same tables. */
export const SAMPLE_SEED = 20_210_615;

const RESENT = 60;
const CORRECTED = 14;
const PROGRAMME_CHANGES = 25;
const NEXT_YEAR_NEW = 110;
const NEXT_YEAR_KNOWN = 40;
const WITHOUT_CONTACT = 4;
const LATE_STATUSES = 25;
const LATE_DROPOUTS = 9;

export interface SampleYear {
  /** One row per youth of the tables, same order as `identities`. */
  plans: YouthPlan[];
  identities: Identity[];
  /** In time order. */
  records: SampleRecord[];
}

/** The county's year: synthetic persons, their plans from the tables, and their records. */
export function sampleYear(seed = SAMPLE_SEED, target: PublishedTables = VESTFOLD_OG_TELEMARK): SampleYear {
  const random = seededRandom(seed);
  const nextIdentity = createIdentities(random, '2000-01-01', '2004-12-31');
  const book = createNotebook();
  const plans = planYear(target, random);
  const spells = planSpells(plans, target, random);
  const registered = plans.map((plan, index): RegisteredYouth => {
    const who = nextIdentity();
    const registered = register(plan, who, random, book);
    const spell = spells[index];
    if (spell === undefined) throw new Error('a plan without spells');
    followUp(plan, spell, registered, who, random, book);
    return { plan, who, registered };
  });
  addNoise(registered, nextIdentity, random, book);
  registerOutsideTheTables(registered, target, seed, book);
  answerAboutNav(registered, seed, book);
  return { plans, identities: registered.map(({ who }) => who), records: book.inTimeOrder() };
}

function addNoise(
  youths: readonly RegisteredYouth[],
  nextIdentity: () => Identity,
  random: Random,
  book: Notebook,
): void {
  const ordinary = book.inTimeOrder();
  for (const youth of youths) annul(youth, random, book);
  const reported = youths.filter(({ plan, registered }) => {
    return registered.record.feed === 'school-dropout' && plan.annulledBefore === null;
  });
  for (const youth of random.shuffled(reported).slice(0, CORRECTED)) correct(youth, random, book);
  for (const record of random.shuffled(ordinary.filter(inFirstHalf)).slice(0, RESENT))
    resend(record, random, book);
  for (const record of ordinary.filter(isWish).slice(0, 2)) garble(record, 'wish', book);
  for (const record of ordinary.filter(startsWithZero).slice(0, 2)) garble(record, 'digits', book);
  for (const record of ordinary.filter(isWish).slice(2, 3)) garble(record, 'date', book);
  for (let n = 0; n < PROGRAMME_CHANGES; n += 1) changeProgramme(nextIdentity(), random, book);
  for (let n = 0; n < NEXT_YEAR_NEW; n += 1) missNextYear(nextIdentity(), random, book);
  for (const { who } of random.shuffled(youths.filter(inOtov)).slice(0, NEXT_YEAR_KNOWN))
    missNextYear(who, random, book);
  for (const [index, youth] of youths.filter(silentAllYear).slice(0, WITHOUT_CONTACT).entries()) {
    judgeWithoutContact(youth, index % 2 === 0, random, book);
  }
  for (const youth of random.shuffled(youths.filter(inOtov)).slice(0, LATE_STATUSES))
    lateStatus(youth, random, book);
  for (let n = 0; n < LATE_DROPOUTS; n += 1) lateDropout(nextIdentity(), random, book);
}

function inFirstHalf(record: SampleRecord, index: number, all: readonly SampleRecord[]): boolean {
  return index < all.length / 2 && record.fodselsnummer !== null;
}

function isWish(record: SampleRecord): boolean {
  return record.value.type === 'onskestatus';
}

function startsWithZero(record: SampleRecord): boolean {
  return record.value.type === 'ikkesoker' && record.fodselsnummer?.startsWith('0') === true;
}

function inOtov({ plan }: RegisteredYouth): boolean {
  return plan.cells[2]?.group === '2';
}

function silentAllYear({ plan }: RegisteredYouth): boolean {
  return plan.cells[0]?.group === '1' && plan.cells[2]?.group === '1';
}
