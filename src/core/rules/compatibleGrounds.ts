import { askedCode } from './choice.ts';
import { GROUNDS, type Ground, type GroundKey } from './ground.ts';

// Grounds that are compatible with a code that another ground speaks for. All others speak against it: a ground that fits
// does not hide one that does not.

const WORKING: readonly GroundKey[] = ['FOLGES_OPP_AKTIVT', 'ONSKER_MER_AKTIVITET'];
const TALKING: readonly GroundKey[] = ['DIALOG', 'HENVIST_NAV', 'NEI_TIL_TILTAK'];
const EITHER = [...WORKING, ...TALKING];
const OFFERED: readonly GroundKey[] = ['TILBUD_AVSLATT', 'TILTAK_VIRKET_IKKE'];
const NO: readonly GroundKey[] = ['NEI_TIL_OPPFOLGING'];
/** `SYK_INSTITUSJON` means one or the other. */
const INSTITUTION: readonly GroundKey[] = ['INSTITUSJON_HOVEDANSVAR', 'SYK_INSTITUSJON'];
const SITUATION: readonly GroundKey[] = ['MILITAR', 'BARN', 'SYKDOM', ...INSTITUTION];
const COURSE: readonly GroundKey[] = ['KURS_UTEN_KOMPETANSE'];
const MEASURE = inActivity('measure');
const TRAINING = inActivity('training');
const WORK: readonly GroundKey[] = ['I_ARBEID'];
const PREVENTION: readonly GroundKey[] = ['GRUNNSKOLE', 'FOREBYGGING'];
const ABROAD: readonly GroundKey[] = ['UTVANDRET', 'UTLAND_LENGE'];
const ALL = Object.keys(GROUNDS) as GroundKey[];

/** `when`: only if one of these is stated as well. */
interface Compatible {
  grounds: readonly GroundKey[];
  when?: readonly GroundKey[];
}

const always = (...groups: readonly (readonly GroundKey[])[]): Compatible => ({ grounds: groups.flat() });

/** R08: the youth is not in a measure that was declined or did not work. */
const OVER: Compatible = { grounds: MEASURE, when: [...OFFERED, 'NEI_TIL_TILTAK'] };
/** R38: a youth that OT works with abroad has the code that fits best. */
const FOLLOWED_ABROAD: Compatible = { grounds: ABROAD, when: EITHER };
const IN_MEASURE = [
  FOLLOWED_ABROAD,
  always(NO, ['DIALOG', 'HENVIST_NAV'], WORKING, SITUATION, COURSE, WORK, PREVENTION, MEASURE),
];
const IN_TRAINING = [
  always(NO, OFFERED, EITHER, SITUATION, COURSE, MEASURE, WORK, TRAINING, PREVENTION, ABROAD),
];
const AT_SCHOOL = always(NO, OFFERED, EITHER, SITUATION, COURSE, WORK, PREVENTION);

const COMPATIBLE: Readonly<Record<string, readonly Compatible[]>> = {
  OTOV: [
    // R10 asks whether a measure or work is over, or not enough.
    always(MEASURE, WORK),
    { grounds: [...NO, ...ABROAD, 'BARN', 'SYKDOM'], when: EITHER },
    // In an institution, or in service, only if actively followed up.
    { grounds: [...INSTITUTION, 'MILITAR'], when: WORKING },
  ],
  OTNO: [always(OFFERED), OVER],
  OTMI: [OVER, FOLLOWED_ABROAD, always(NO, OFFERED, TALKING, SITUATION, COURSE, WORK)],
  OTBA: [OVER, FOLLOWED_ABROAD, always(NO, OFFERED, TALKING, SITUATION, COURSE)],
  OTSY: [
    OVER,
    FOLLOWED_ABROAD,
    always(NO, OFFERED, SITUATION),
    // Illness alone does not exclude what the youth takes part in; the institution has the responsibility for all of it.
    { grounds: [...TALKING, ...COURSE, ...MEASURE, ...TRAINING, ...WORK], when: INSTITUTION },
  ],
  OTIF: [OVER, FOLLOWED_ABROAD, always(NO, OFFERED, EITHER, SITUATION, WORK)],
  OTOA: IN_MEASURE,
  OTAP: IN_MEASURE,
  OTKO: IN_MEASURE,
  OTAR: [FOLLOWED_ABROAD, always(NO, OFFERED, TALKING, SITUATION, COURSE, MEASURE)],
  OTEV: IN_TRAINING,
  OTVF: IN_TRAINING,
  OTLL: IN_TRAINING,
  ELGS_IM: [OVER, FOLLOWED_ABROAD, AT_SCHOOL],
  ELVG_IM: [OVER, FOLLOWED_ABROAD, AT_SCHOOL, always(TRAINING)],
  OTFA_IM: [
    FOLLOWED_ABROAD,
    // A pupil has not gone abroad for good (R21).
    { grounds: ABROAD, when: TRAINING },
    always(ALL.filter((key) => key !== 'UTVANDRET')),
  ],
  OTFU_IM: [always(NO, OFFERED, SITUATION, COURSE, WORK, PREVENTION, MEASURE, ['FLYTTET_FYLKE'])],
  FEIL: [always(ALL)],
};

/** The stated grounds that speak for other codes than this one, and cannot be true together with it. */
export function speakingAgainst(code: string, stated: readonly string[]): readonly Ground[] {
  const compatible = (COMPATIBLE[askedCode(code)] ?? []).filter(
    ({ when }) => when === undefined || when.some((key) => stated.includes(key)),
  );
  return ALL.filter((key) => stated.includes(key) && !compatible.some(({ grounds }) => grounds.includes(key)))
    .map((key): Ground => GROUNDS[key])
    .filter(({ codes }) => codes.length > 0 && !codes.includes(code));
}

/** A youth who is actively followed up is followed up, whatever else the youth is in. */
export function isFollowed(code: string, stated: readonly string[]): boolean {
  return code === 'OTOV' && stated.includes('FOLGES_OPP_AKTIVT');
}

function inActivity(activity: Ground['activity']): readonly GroundKey[] {
  return (Object.keys(GROUNDS) as GroundKey[]).filter((key) => GROUNDS[key].activity === activity);
}
