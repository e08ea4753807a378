import { type CountyNumber, countyNumber, orgId } from '../../core/organisation.ts';
import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';

// The published figures the sample county reproduces: Vestfold og Telemark fylkeskommune, «Årsrapport fra
// oppfølgingstjenesten (OT) 2020-2021» (September 2021), tables 1 and 2. Copied by hand; a test compares
// them with the domain data when that is at hand.

/** One figure per reference date, in their order. */
export type ThreeDates = readonly [number, number, number];
/** Which of the three reference dates. */
export type DateIndex = 0 | 1 | 2;
export const DATE_INDEXES = [0, 1, 2] as const;

export const MAIN_GROUPS = ['1', '2', '3', '4', '5'] as const;
export type MainGroup = (typeof MAIN_GROUPS)[number];

export interface PublishedTables {
  source: string;
  county: CountyNumber;
  schoolYear: string;
  referenceDates: readonly [string, string, string];
  tilmelding: Readonly<Record<Tilmeldingskode, ThreeDates>>;
  groups: Readonly<Record<MainGroup, ThreeDates>>;
  targetGroup: ThreeDates;
  total: ThreeDates;
  /** Flow over the year: youths with OTOV at least once. */
  everOtov: number;
  /** Of these, youths in the county's own offers (OTOA or OTKO). */
  everOwnOffer: number;
  /** The county's own register in June, in the target group and in all: more than Udir counts. */
  register: { targetGroup: number; total: number };
}

export const VESTFOLD_OG_TELEMARK: PublishedTables = {
  source: 'Vestfold og Telemark fylkeskommune, årsrapport fra OT 2020–2021',
  county: countyNumber('38'),
  schoolYear: '2020-21',
  referenceDates: ['2020-11-15', '2021-02-15', '2021-06-15'],
  tilmelding: {
    IKKE_SOKT: [1295, 1295, 1314],
    TAKKET_NEI: [347, 338, 321],
    AVBRUTT: [219, 377, 559],
    ANDRE_GRUNNER: [504, 549, 600],
  },
  groups: {
    '1': [48, 36, 25],
    '2': [200, 193, 207],
    '3': [496, 595, 698],
    '4': [218, 249, 257],
    '5': [1403, 1486, 1607],
  },
  targetGroup: [962, 1073, 1187],
  total: [2365, 2559, 2794],
  everOtov: 864,
  everOwnOffer: 361,
  register: { targetGroup: 1231, total: 2968 },
};

/** The sample's organisation: part of the topic names, with a virtual clock. */
export const SAMPLE_ORG = orgId('vtfk-no');
