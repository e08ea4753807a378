import { comingOfAge } from '../../core/age/majority.ts';
import { defaultPolicy } from '../../core/policy.ts';
import { instantOf } from '../../core/time/date.ts';
import type { ConsentParty, ConsentSide, ConsentState } from '../../core/youth/statusEvent.ts';
import { type Day, dateOf, dayOf, officeHours, workdayIn } from './calendar.ts';
import type { RegisteredYouth } from './noise.ts';
import { type Random, seededRandom } from './random.ts';
import type { Notebook } from './record.ts';
import { VESTFOLD_OG_TELEMARK } from './target.ts';

// What youths and guardians answer about NAV, by turns: yes, one side only, no, taken back, run out, never answered, not
// answered yet. No document gives figures: the others in the county have not been asked.

/** How many youths answer in each way. */
const OF_EACH = 8;
const SIDES = ['A', 'B'] as const;
const SOURCES: Readonly<Record<ConsentSide, string>> = { A: 'ot:38201', B: 'nav-kommune:3804' };
/** So long may an answer take. */
const DAYS_TO_ANSWER = 21;
const { consentAge } = defaultPolicy(VESTFOLD_OG_TELEMARK.county);

interface Asked {
  youth: RegisteredYouth;
  /** Who answers: of a minor, every other has two guardians. */
  parties: readonly ConsentParty[];
  day: Day;
  /** Of a minor; null: the youth answers alone. */
  guardians: 1 | 2 | null;
  /** A yes names measures too: of every other youth. */
  measures: boolean;
  random: Random;
  book: Notebook;
}

type Way = (asked: Asked) => void;

const WAYS: readonly Way[] = [
  (asked) => answer(asked, SIDES, 'SAMTYKKET'),
  (asked) => {
    answer(asked, ['A'], 'SAMTYKKET');
    answer(asked, ['B'], 'IKKE_SAMTYKKET');
  },
  (asked) => answer(asked, SIDES, 'IKKE_SAMTYKKET'),
  (asked) => {
    answer(asked, SIDES, 'SAMTYKKET');
    say(
      { ...asked, day: workdayIn(asked.random, dayOf('2021-04-06'), dayOf('2021-04-30')) },
      ['A'],
      'TRUKKET',
    );
  },
  (asked) => answer(asked, SIDES, 'SAMTYKKET', dayOf('2021-05-03')),
  // The deadline passes.
  () => undefined,
  // The second guardian of a minor does not answer.
  (asked) => answer({ ...asked, parties: asked.parties.slice(0, 1) }, SIDES, 'SAMTYKKET'),
];

/** @param seed of the county; another answer here must not change the rest of it */
export function answerAboutNav(youths: readonly RegisteredYouth[], seed: number, book: Notebook): void {
  const random = seededRandom(seed + 2);
  const followed = youths.filter(({ plan }) =>
    plan.cells.every((cell) => cell !== null && cell.group !== '5'),
  );
  const asked = random.shuffled(followed).slice(0, (WAYS.length + 1) * OF_EACH);
  for (const [index, youth] of asked.entries()) {
    const way = WAYS[index % (WAYS.length + 1)];
    const [first, last] = way === undefined ? ['2021-06-08', '2021-06-11'] : ['2021-01-11', '2021-01-29'];
    const day = workdayIn(random, dayOf(first), dayOf(last));
    const parties = partiesOf(youth, day, index);
    const guardians = parties.includes('UNGDOM') ? null : parties.includes('FORESATT2') ? 2 : 1;
    const one: Asked = { youth, parties, guardians, day, measures: index % 2 === 0, random, book };
    say(one, SIDES, 'VENTER_PAA_SVAR', day + DAYS_TO_ANSWER);
    way?.({ ...one, day: day + random.between(1, 14) });
  }
}

function partiesOf({ who }: RegisteredYouth, day: Day, index: number): readonly ConsentParty[] {
  const ofAge = comingOfAge(who.fodselsdato, consentAge);
  if (ofAge === null || dateOf(day) >= ofAge.guardianEnds) return ['UNGDOM'];
  return index % 2 === 0 ? ['FORESATT'] : ['FORESATT', 'FORESATT2'];
}

/** A yes holds for a year and a half unless it says otherwise. */
function answer(asked: Asked, sides: readonly ConsentSide[], state: ConsentState, until?: Day): void {
  say(asked, sides, state, state === 'SAMTYKKET' ? (until ?? asked.day + 540) : null);
}

function say(
  { youth, parties, guardians, day, measures, random, book }: Asked,
  sides: readonly ConsentSide[],
  tilstand: ConsentState,
  until: Day | null = null,
): void {
  const { fodselsnummer } = youth.who;
  for (const part of parties) {
    for (const side of sides) {
      const at = officeHours(day, random);
      book.write({
        at,
        feed: 'consent',
        fodselsnummer,
        value: {
          id: book.id('samtykke'),
          fodselsnummer,
          side,
          part,
          tilstand,
          tidspunkt: instantOf(at - 60_000),
          ...(until !== null && { gyldigTil: `${dateOf(until)}T00:00:00.000Z` }),
          rettsgrunnlag: 'SAMTYKKE',
          kilde: SOURCES[side],
          ...(guardians !== null && { antallForesatte: guardians }),
          ...(measures && tilstand === 'SAMTYKKET' && { omfang: ['TILTAK'] }),
        },
      });
    }
  }
}
