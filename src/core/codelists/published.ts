import { addDays, type IsoDate } from '../time/date.ts';
import { COUNTIES } from './data/counties.ts';
import { MUNICIPALITIES } from './data/municipalities.ts';
import { B01_CODES, B06_TEXTS, B06_VERSIONS, C12_VERSIONS } from './data/reasonCodes.ts';
import { WISH_STATUSES } from './data/wishStatuses.ts';
import { type Consequence, END_OF_CONTRACT, LEAVING_SCHOOL } from './leaveConsequence.ts';
import type { OtCode } from './otCode.ts';
import { groupLabel, OT_LISTS } from './otStatus.ts';
import { WISH_MEANING, type WishMeaning } from './wishMeaning.ts';

// The code lists that this program reads by, each in every edition, in one shape for people to look up in.

export const LIST_SUBJECTS = [
  'OT_STATUS',
  'SLUTTARSAK_SKOLE',
  'SLUTTARSAK_LARE',
  'AJOURHOLD',
  'ONSKESTATUS',
  'FYLKE',
  'KOMMUNE',
] as const;
export type ListSubject = (typeof LIST_SUBJECTS)[number];

/** One edition of a code list. */
export interface PublishedList {
  /** Of the edition, e.g. `OT-2016-07`. */
  id: string;
  subject: ListSubject;
  /** First and last day; null: since before it was published, and until further notice. */
  from: IsoDate | null;
  to: IsoDate | null;
  /** Bokmål: who has published it. */
  source: string;
  codes: readonly PublishedCode[];
}

export interface PublishedCode {
  code: string;
  /** Official name, bokmål. */
  text: string;
  /** First and last day of the code itself, where it is not its list's; null as of the list. */
  from: IsoDate | null;
  to: IsoDate | null;
  /** Bokmål: what this program reads from it; null where that is the name itself. */
  means: string | null;
}

const UDIR_HANDBOOK = 'Udir, registreringshåndboka';

const SAYS_OF_LEAVING: Readonly<Record<Consequence, string>> = {
  dropout: 'har avbrutt opplæringen',
  'expect-school': 'begynner på en annen skole; uteblir starten, blir det en kontroll',
  'expect-apprenticeship': 'begynner i lære; uteblir starten, blir det en kontroll',
  none: 'er fortsatt i opplæring',
  'review-leave': 'permisjon eller utveksling; en rådgiver ser på det én gang',
  'no-show': 'møtte ikke',
  declined: 'takket nei',
  completed: 'har bestått',
  'review-ended': 'kontrakten er over uten at opplæringen er fullført',
};

const SAYS_OF_WISH: Readonly<Record<WishMeaning, string>> = {
  place: 'har plass',
  offer: 'har et åpent tilbud',
  declined: 'har takket nei',
  unanswered: 'strøket fordi svaret uteble',
  'no-place': 'har ikke fått plass',
  'other-wish': 'avgjøres av et annet ønske',
  pending: 'er ikke ferdig behandlet',
};

/** By subject, the newest edition first. */
export const PUBLISHED_LISTS: readonly PublishedList[] = [
  ...OT_LISTS.toReversed().map(
    ({ id, from, to, source, codes }): PublishedList => ({
      ...{ id, subject: 'OT_STATUS', from, to, source },
      codes: codes.map(({ code, text, ...entry }) => ({
        ...{ code, text: textNow(text, entry.revisions), from: null, to: null },
        means: saysOfStatus(id, entry),
      })),
    }),
  ),
  ...editions('SLUTTARSAK_SKOLE', B06_VERSIONS, (version) => {
    const names = new Map<string, string>(B06_TEXTS.map(({ code, text }) => [code, text]));
    return version.codes.map((code) =>
      plain(code, names.get(code) ?? code, SAYS_OF_LEAVING[LEAVING_SCHOOL[code]]),
    );
  }),
  ...editions('SLUTTARSAK_LARE', C12_VERSIONS, (version) =>
    version.codes.map(({ code, text }) => plain(code, text, SAYS_OF_LEAVING[END_OF_CONTRACT[code]])),
  ),
  {
    ...{ id: 'B01', subject: 'AJOURHOLD', from: null, to: null, source: `${UDIR_HANDBOOK}, felt B01` },
    codes: B01_CODES.map(({ code, text }) => plain(code, text, null)),
  },
  {
    ...{
      id: 'wish-statuses',
      subject: 'ONSKESTATUS',
      from: null,
      to: null,
      source: 'VIGO, kodeverk.vigo.no',
    },
    codes: WISH_STATUSES.map(({ code, text }) => plain(code, text, SAYS_OF_WISH[WISH_MEANING[code]])),
  },
  {
    ...{ id: 'fylker', subject: 'FYLKE', from: null, to: null, source: 'SSB, fylkesinndelingen' },
    codes: COUNTIES.map(inTime),
  },
  {
    ...{ id: 'kommuner', subject: 'KOMMUNE', from: null, to: null, source: 'SSB, Klass 131' },
    codes: MUNICIPALITIES.map(inTime),
  },
];

function plain(code: string, text: string, means: string | null): PublishedCode {
  return { code, text, from: null, to: null, means };
}

/** Half-open in the data, the last day here. */
function inTime({
  number,
  name,
  from,
  until,
}: {
  number: string;
  name: string;
  from: IsoDate | null;
  until: IsoDate | null;
}): PublishedCode {
  return { code: number, text: name, from, to: until === null ? null : addDays(until, -1), means: null };
}

/** An edition holds until the day before the next one. */
function editions<Version extends { list: string; from: IsoDate }>(
  subject: ListSubject,
  versions: readonly Version[],
  codesOf: (version: Version) => PublishedCode[],
): PublishedList[] {
  const field = subject === 'SLUTTARSAK_SKOLE' ? 'B06' : 'C12';
  return versions
    .map((version, at): PublishedList => {
      const next = versions[at + 1];
      return {
        ...{ id: version.list, subject, from: version.from, source: `${UDIR_HANDBOOK}, felt ${field}` },
        to: next === undefined ? null : addDays(next.from, -1),
        codes: codesOf(version).toSorted((one, other) => (one.code < other.code ? -1 : 1)),
      };
    })
    .toReversed();
}

function textNow(text: string, revisions: OtCode['revisions']): string {
  return revisions.at(-1)?.text ?? text;
}

function saysOfStatus(
  list: string,
  { group, targetGroup, viaOtQuestion, passive }: Omit<OtCode, 'code' | 'text'>,
): string {
  return [
    `hovedgruppe ${group}: ${groupLabel(list, group)}`,
    ...(targetGroup === null ? [] : [targetGroup ? 'i målgruppen' : 'ikke i målgruppen']),
    ...(viaOtQuestion ? ['rådgiver svarer på om det kom i stand via OT (viaOT)'] : []),
    ...(passive ? ['brukes ikke på noe nytt'] : []),
  ].join('; ');
}

/** Official name of a code in an edition of a list, bokmål; null: it has none. */
export function codeName(list: string, code: string): string | null {
  const codes = PUBLISHED_LISTS.find(({ id }) => id === list)?.codes;
  return codes?.find((each) => each.code === code)?.text ?? null;
}
