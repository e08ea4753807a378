import fc from 'fast-check';
import { countyNumber } from '../../src/core/organisation.ts';
import { schoolListOf } from '../../src/core/schoolList.ts';
import {
  type AbsenceList,
  CONSENT_STATES,
  type FactBody,
  type StatusEvent,
} from '../../src/core/youth/statusEvent.ts';
import { unnamedId } from '../../src/core/youth/unnamedRow.ts';
import {
  atNav,
  consent,
  factOf,
  left,
  navAnswer,
  type Provenance,
  participation,
  started,
  status,
  terminated,
} from '../harness/story.ts';

// Random source events about one youth from all feeds, each with the moment it entered Kafka. Few ids, dates and
// institutions, so that corrections, annulments and coincidences are common.

export interface Arrival {
  received: string;
  event: StatusEvent;
}

export const OFFICES = ['4601', '4602'];
export const SCHOOLS = ['40014', '40022'];
const PRIVATE = ['40301', '40302'];
export const FIRMS = ['987654321', '912345678'];
const SCHOOL_YEARS = ['2026-27', '2026-27', '2027-28', '2025-26'];
const WISHES = [
  'STRLPO',
  'STRONT',
  'STROIT',
  'INNTO',
  'INNTLÆ',
  'TILBO',
  'INNTOI',
  'UAKTU',
  'SFORM',
  'MANON',
];
const GRADES = ['UGRADERT', 'KLIENTADRESSE', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const;
const CODES = [
  'OTUK',
  'OTOV',
  'OTAR',
  'OTEV',
  'OTEV_IM',
  'OTNO',
  'ELVG_IM',
  'FEIL',
  'OTSY',
  'OTMI',
  'OTOA',
  'OTAP',
];
const SOME_GROUNDS = [
  'DIALOG',
  'I_ARBEID',
  'ONSKER_MER_AKTIVITET',
  'NAV_MIDLER',
  'FYLKETS_TILTAK',
  'ELEV_PRIVAT',
  'BARN',
];

const day = fc
  .integer({ min: 0, max: 300 })
  .map((days) => new Date(Date.UTC(2026, 7, 1 + days)).toISOString().slice(0, 10));
const close = fc.integer({ min: 0, max: 9 }).map((days) => `2026-10-0${1 + (days % 9)}`);
const date = fc.oneof(day, close);
const school = fc.constantFrom(...SCHOOLS);
const firm = fc.constantFrom(...FIRMS);
const schoolYear = fc.constantFrom(...SCHOOL_YEARS);

const body: fc.Arbitrary<FactBody> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        school,
        fc.constantFrom('FV', 'FR', 'AS', 'AP', 'LA', 'PM', 'IM', 'TN'),
        fc.constantFrom(false, false, false, true),
      )
      .map(([at, why, lost]) => left(at, why, lost)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(firm, fc.constantFrom('FV', 'AB', 'ON', 'AS', 'S1'), fc.boolean())
      .map(([at, why, lost]) => terminated(at, why, lost)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        school,
        fc.constantFrom('school' as const, 'private-school' as const),
        fc.constantFrom(null, null, true, false),
      )
      .map(([at, kind, hovedskole]) => started(at, kind, hovedskole)),
  },
  { weight: 2, arbitrary: firm.map((at) => started(at, 'apprenticeship')) },
  { weight: 1, arbitrary: schoolYear.map((year): FactBody => ({ kind: 'NotApplied', schoolYear: year })) },
  {
    weight: 2,
    arbitrary: fc.tuple(schoolYear, fc.option(school)).map(
      ([year, institution]): FactBody => ({
        kind: 'PlaceDeclined',
        schoolYear: year,
        code: null,
        institution,
      }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(schoolYear, fc.constantFrom(...WISHES), fc.option(school))
      .map(([year, code, institution]): FactBody => ({ kind: 'Wish', schoolYear: year, code, institution })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(schoolYear, fc.constantFrom(null, ...SCHOOLS))
      .map(([year, institution]): FactBody => ({ kind: 'NoShow', schoolYear: year, institution })),
  },
  { weight: 1, arbitrary: schoolYear.map((year): FactBody => ({ kind: 'Applied', schoolYear: year })) },
  {
    weight: 1,
    arbitrary: school.map(
      (institution): FactBody => ({ kind: 'AtRisk', institution, meeting: '2026-10-20' }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        channel: fc.constantFrom('SMS', 'BREV', 'HJEMMEBESOK'),
        answered: fc.boolean(),
        answeredBy: fc.constantFrom(undefined, 'UNGDOM' as const, 'FORESATT' as const, 'ANDRE' as const),
        schoolYear: fc.constantFrom(undefined, '2026-27', '2027-28'),
      })
      .map(
        ({ channel, answered, answeredBy, schoolYear }): FactBody => ({
          kind: 'ContactAttempt',
          channel,
          answered,
          ...(answered && answeredBy !== undefined && { answeredBy }),
          ...(schoolYear !== undefined && { schoolYear }),
        }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('UNGDOM' as const, 'FORESATT' as const), fc.constantFrom('SYKDOM', null))
      .map(([via, reason]): FactBody => ({ kind: 'Contact', via, reason })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        schoolYear,
        fc.constantFrom(...CODES),
        fc.constantFrom('JA' as const, 'NEI' as const, 'UKJENT' as const),
        fc.boolean(),
        fc.subarray(SOME_GROUNDS, { maxLength: 2 }),
        fc.constantFrom(undefined, undefined, 'OVERGANG'),
      )
      .map(([year, code, viaOt, named, grounds, override]) =>
        status(year, code, {
          viaOt,
          ...(named && { unit: '40201' }),
          grounds: code === 'OTNO' && named ? ['IKKE_SVART'] : grounds,
          ...(override !== undefined && { override }),
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: schoolYear.map(
      (year): FactBody => ({ kind: 'Recode', schoolYear: year, tilmeldingskode: 'ANDRE_GRUNNER' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('2026-09', '2026-10', '2026-11'),
        fc.constantFrom('JA' as const, 'NEI' as const, 'IKKE_SVART' as const),
        fc.constantFrom(...OFFICES),
      )
      .map(([month, answer, office]) => navAnswer(month, answer, answer === 'JA' ? office : null)),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc
        .tuple(
          fc.constantFrom(
            'DELTAR',
            'DELTAR',
            'VENTELISTE',
            'HAR_SLUTTET',
            'FEILREGISTRERT',
            'SLETTET',
            'NYTT',
          ),
          fc.constantFrom(...OFFICES),
        )
        .map(([state, office]) => participation(state, { office })),
      fc
        .tuple(
          fc.constantFrom('ARBEIDSSOKER' as const, 'OPPFOLGING' as const, 'UNGDOMSPROGRAM' as const),
          fc.constantFrom(undefined, '2026-12-01'),
        )
        .map(([about, to]) => atNav(about, { ...(to !== undefined && { to }) })),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('A' as const, 'B' as const),
        fc.constantFrom('UNGDOM' as const, 'UNGDOM' as const, 'FORESATT' as const),
        fc.oneof(fc.constant('SAMTYKKET' as const), fc.constantFrom(...CONSENT_STATES)),
        day,
        fc.option(fc.constant('2027-01-15T00:00:00.000Z')),
        fc.constantFrom<('TILTAK' | null)[]>('TILTAK', 'TILTAK', null),
      )
      .map(([side, party, state, at, validTo, named]) =>
        consent(side, party, state, `${at}T08:00:00.000Z`, validTo, ...(named === null ? [] : [named])),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        firm,
        fc.constantFrom('2025-08-15', '2026-10-02'),
        fc.constantFrom('2026-12-31', '2028-08-14', null),
      )
      .map(([institution, from, to]): FactBody => ({ kind: 'ContractSeen', institution, from, to })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('OTUK', 'OTOV')
      .map((code): FactBody => ({ kind: 'RegisterSeen', code, list: 'OT-2016-07', unit: null })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('laktiv' as const, 'ot' as const, schoolListOf(PRIVATE[0]!), schoolListOf(PRIVATE[1]!))
      .chain((list) => fc.constantFrom<FactBody[]>(...listed(list))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('FYLKE' as const, 'KOMMUNE' as const, 'NAV' as const),
        fc.constantFrom('ARBEIDSPRAKSIS' as const, 'OPPLARING' as const),
        fc.constantFrom('2026-12-01', '2027-06-20', null),
      )
      .map(([provider, content, to]): FactBody => ({ kind: 'Measure', provider, content, to })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('4003', '3807', '3905', '0301')
      .map((municipality): FactBody => ({ kind: 'Residence', municipality })),
  },
  { weight: 1, arbitrary: fc.constant<FactBody>({ kind: 'Emigrated' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...GRADES).map((grade): FactBody => ({ kind: 'Protection', grade })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...['39', '40', '03'].map(countyNumber)),
        fc.constantFrom('GODTATT' as const, 'AVVIST' as const),
        fc.constantFrom('39201', null),
      )
      .map(([toCounty, answer, unit]): FactBody => ({ kind: 'Handover', toCounty, answer, unit })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...PRIVATE), fc.constantFrom('2026-10-05', '2027-06-19', null))
      .map(([institution, to]): FactBody => ({ kind: 'PupilSeen', institution, from: '2026-08-17', to })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(schoolYear, fc.constantFrom('2027-05-12', null)).map(
      ([year, meeting]): FactBody => ({
        kind: 'WithoutPlans',
        schoolYear: year,
        institution: '974565781',
        meeting,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('SELV' as const, 'FORESATT' as const)
      .map((by): FactBody => ({ kind: 'Referral', by })),
  },
  { weight: 1, arbitrary: fc.constant<FactBody>({ kind: 'Renumbered' }) },
  { weight: 2, arbitrary: fc.nat(5).map((n): FactBody => ({ kind: 'Annulled', annuls: `Left-${n}` })) },
);

function listed(list: AbsenceList): FactBody[] {
  const absent: FactBody = { kind: 'Absent', list, run: 'x' };
  return [absent, absent, { kind: 'Present', list, run: 'x' }];
}

/** Ids as the adapters make them: stable for rows of nightly lists and for a month's answer. */
function named(body: FactBody, n: number, received: string): Provenance {
  switch (body.kind) {
    case 'RegisterSeen':
      return { source: 'vigo-ot', id: 'ot:1', version: nightOf(received) };
    case 'ContractSeen':
      return {
        source: 'vigo-laktiv',
        id: `laktiv:${body.institution}:${body.from}`,
        version: nightOf(received),
        effective: body.from,
      };
    case 'PupilSeen':
      return {
        source: `privatskole:${body.institution}`,
        id: `elev:${body.institution}:2026-27`,
        version: nightOf(received),
        effective: body.from,
      };
    case 'NavAsked':
    case 'NavMatch':
      return { source: 'nav', id: body.month, effective: `${body.month}-01` };
    case 'NavRegister':
      return { source: 'nav', id: `${body.about}:${n % 2}` };
    case 'Wish':
      return { id: `Wish-${n % 4}` };
    case 'Left':
    case 'Annulled':
      // Every third names itself the moment of its recording, now and then long before it came.
      return {
        source: 'skole',
        id: `${body.kind}-${n % 6}`,
        ...(n % 3 === 0 && { reported: `2026-${n % 2 === 0 ? '09' : '12'}-01T08:00:00.000Z` }),
      };
    default:
      return { id: `${body.kind}-${n}` };
  }
}

function nightOf(received: string): number {
  return Number(received.slice(0, 10).replaceAll('-', ''));
}

/** Mostly no name, mostly the same one. */
/** `one` and `o` are spellings of one name. */
const nameTag = fc.constantFrom(null, null, null, 'one', 'one o', 'o', 'other');

/** Arrivals at different moments; of the same (source, id, version) only one. */
export const arrivals: fc.Arbitrary<Arrival[]> = fc
  .tuple(
    fc.array(
      fc.tuple(
        body,
        date,
        fc.integer({ min: 0, max: 300 * 24 * 60 - 1 }),
        fc.integer({ min: 1, max: 3 }),
        nameTag,
      ),
      { minLength: 1, maxLength: 14 },
    ),
    fc.constantFrom('2009-03-14', '2004-12-20', '2002-12-31', null),
  )
  .map(([rows, born]) => {
    const taken = new Set<string>();
    const list: Arrival[] = [];
    rows.forEach(([body, effective, minute, version, tag], n) => {
      const received = new Date(Date.UTC(2026, 7, 1) + minute * 60_000 + n).toISOString();
      const run = body.kind === 'Absent' || body.kind === 'Present' ? { ...body, run: `run-${n}` } : body;
      const about = {
        effective,
        version,
        ...named(body, n, received),
        // NAV's registers name no one.
        ...(tag !== null && body.kind !== 'NavRegister' && { nameTag: tag }),
      };
      const event = factOf(run, about, born, received, n);
      const key = `${event.source}|${event.id}|${event.version}`;
      if (taken.has(key)) return;
      taken.add(key);
      list.push({ received, event });
    });
    return list;
  });

/** Of some the rows about who has left have no id: one row, sent again and again. */
export const anyArrivals: fc.Arbitrary<Arrival[]> = fc
  .tuple(arrivals, fc.boolean())
  .map(([list, unnamed]) => (unnamed ? list.map(withoutId) : list));

function withoutId({ received, event }: Arrival): Arrival {
  if (event.kind !== 'Left' && event.kind !== 'NoShow') return { received, event };
  const row = { type: 'avbrudd', schoolYear: '2026-2027', school: '' };
  return { received, event: { ...event, id: unnamedId(row, 'p') } };
}

/**
 * Another order in which the same records may come. Two things are kept, because they are so by construction:
 * the rows of one list come in order, in one lane; and a consent is known before what of NAV's needs it, for what
 * may not be kept is gone. A withdrawal may come whenever it likes.
 */
export function reordered(list: readonly Arrival[], shuffled: readonly Arrival[]): Arrival[] {
  const order = [...shuffled];
  for (const nights of ['ot', 'laktiv', ...PRIVATE.map(schoolListOf)]) {
    keep(
      order,
      ({ event }) => listOf(event) === nights,
      (one, other) => (one.received < other.received ? -1 : 1),
    );
  }
  keep(order, needsOrder, (one, other) => Number(needsConsent(one)) - Number(needsConsent(other)));
  if (order.length !== list.length) throw new Error('an order of the same records');
  return order;
}

function listOf(event: StatusEvent): string | null {
  if (event.kind === 'PupilSeen') return schoolListOf(event.institution);
  return event.kind === 'RegisterSeen' ? 'ot' : event.kind === 'ContractSeen' ? 'laktiv' : null;
}

function needsOrder({ event }: Arrival): boolean {
  return needsConsent({ event }) || (event.kind === 'Consent' && event.state !== 'TRUKKET');
}

/** What of NAV's is gone when its consent is not known yet. */
export function needsConsent({ event }: Pick<Arrival, 'event'>): boolean {
  return event.kind === 'NavMatch' || event.kind === 'NavRegister';
}

/** Those that `belongs` picks are sorted among the places they hold. */
function keep(
  order: Arrival[],
  belongs: (one: Arrival) => boolean,
  compare: (one: Arrival, other: Arrival) => number,
): void {
  const places = order.flatMap((one, i) => (belongs(one) ? [i] : []));
  const sorted = places.map((i) => order[i]!).sort(compare);
  places.forEach((place, i) => {
    order[place] = sorted[i]!;
  });
}

export const arrivalsInTwoOrders: fc.Arbitrary<{ one: Arrival[]; other: Arrival[] }> = arrivals.chain(
  (list) =>
    fc
      .tuple(
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(list, { minLength: list.length }),
      )
      .map(([one, other]) => ({ one: reordered(list, one), other: reordered(list, other) })),
);

/** The same records, and some of them sent again later; both in an order of their own. */
export const arrivalsSentTwice: fc.Arbitrary<{ once: Arrival[]; twice: Arrival[] }> = arrivals
  .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list.filter(isNoRow))))
  .chain(([list, some]) => {
    const again = some.map(({ received, event }, n) => ({
      received: new Date(Date.parse(received) + (n + 1) * 3 * 24 * 3_600_000).toISOString(),
      event,
    }));
    const all = [...list, ...again];
    return fc
      .tuple(
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(all, { minLength: all.length }),
      )
      .map(([once, twice]) => ({ once: reordered(list, once), twice: reordered(all, twice) }));
  });

/** A row of a list is no event of its own: the next night's is another row. */
function isNoRow({ event }: Arrival): boolean {
  return listOf(event) === null;
}
