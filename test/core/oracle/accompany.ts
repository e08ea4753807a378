import { ORDINARY } from './tables.ts';

// What may be true together, ground by ground (the program has it code by code): the codes, by the one that the viaOT
// question is asked about, together with which a ground that does not speak for them is no contradiction. `?` before
// a code: only under the condition named at the end of the line.

const GROUP_4 = 'OTMI OTBA OTIF';
const MEASURE = 'OTOA OTAP OTKO';
const TRAINING = 'OTEV OTVF OTLL';
const SCHOOL = 'ELGS_IM ELVG_IM';
const AWAY = 'OTFA_IM OTFU_IM';

type Condition = 'worked-with' | 'in-touch' | 'institution' | 'over' | 'in-training';

const ABROAD: [string, string?, Condition?][] = [
  [TRAINING],
  ...`OTOV OTSY OTFA_IM OTAR ${GROUP_4} ${MEASURE} ${SCHOOL}`
    .split(' ')
    .map((code): [string, string, Condition] => ['', code, 'in-touch']),
];

export const ACCOMPANIES: Readonly<
  Record<string, readonly [codes: string, also?: string, when?: Condition][]>
> = {
  ONSKER_MER_AKTIVITET: [[`OTIF ${MEASURE} ${TRAINING} ${SCHOOL} OTFA_IM`]],
  NEI_TIL_OPPFOLGING: [[`${GROUP_4} OTSY ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'in-touch']],
  NEI_TIL_TILTAK: [[`${GROUP_4} OTAR ${TRAINING} ${SCHOOL} OTFA_IM`, 'OTSY', 'institution']],
  MILITAR: [[`${GROUP_4} OTSY ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'worked-with']],
  BARN: [[`${GROUP_4} OTSY ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'in-touch']],
  SYKDOM: [[`${GROUP_4} ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'in-touch']],
  INSTITUSJON_HOVEDANSVAR: [
    [`${GROUP_4} ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'worked-with'],
  ],
  SYK_INSTITUSJON: [[`${GROUP_4} ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTOV', 'worked-with']],
  KURS_UTEN_KOMPETANSE: [[`OTMI OTBA ${MEASURE} OTAR ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTSY', 'institution']],
  ...forEach('FYLKETS_TILTAK NAV_PRAKSIS NAV_MIDLER NAV_TILTAK FYLKET_DELTAR I_TILTAK', [
    [`OTOV ${MEASURE} OTAR ${TRAINING} ${AWAY}`, 'OTSY', 'institution'],
    ...`OTNO OTSY ${GROUP_4} ${SCHOOL}`
      .split(' ')
      .map((code): [string, string, Condition] => ['', code, 'over']),
  ]),
  ...forEach('ELEV_PRIVAT ELEV_OFFENTLIG ELEV_UTLAND HOYERE_NIVA LAREPLASS GRUNNKOMPETANSE', [
    [`${TRAINING} ELVG_IM OTFA_IM`, 'OTSY', 'institution'],
  ]),
  I_ARBEID: [[`OTOV OTMI OTIF ${MEASURE} ${TRAINING} ${SCHOOL} ${AWAY}`, 'OTSY', 'institution']],
  ...forEach('DIALOG HENVIST_NAV', [
    [`${GROUP_4} ${MEASURE} OTAR ${TRAINING} ${SCHOOL} OTFA_IM`, 'OTSY', 'institution'],
  ]),
  ...forEach('TILBUD_AVSLATT TILTAK_VIRKET_IKKE', [
    [`OTNO ${GROUP_4} OTSY OTAR ${TRAINING} ${SCHOOL} ${AWAY}`],
  ]),
  ...forEach('GRUNNSKOLE FOREBYGGING', [[`${SCHOOL} ${MEASURE} ${TRAINING} ${AWAY}`]]),
  FLYTTET_FYLKE: [['OTFU_IM']],
  ...forEach('UTVANDRET', [...ABROAD, ['', 'OTFA_IM', 'in-training']]),
  ...forEach('UTLAND_LENGE', [...ABROAD, ['OTFA_IM']]),
};

function forEach(grounds: string, codes: readonly [string, string?, Condition?][]) {
  return Object.fromEntries(grounds.split(' ').map((ground) => [ground, codes]));
}

export function accompanies(ground: string, code: string, stated: readonly string[]): boolean {
  if (code === 'FEIL') return true;
  const any = (names: string) => names.split(' ').some((name) => stated.includes(name));
  return (ACCOMPANIES[ground] ?? []).some(([codes, also, when]) => {
    if (codes.split(' ').includes(code)) return true;
    if (also !== code) return false;
    if (when === 'institution') return any('INSTITUSJON_HOVEDANSVAR SYK_INSTITUSJON');
    if (when === 'over') return any('TILBUD_AVSLATT TILTAK_VIRKET_IKKE NEI_TIL_TILTAK');
    if (when === 'in-training') return ORDINARY.some((name) => stated.includes(name));
    const worked = any('FOLGES_OPP_AKTIVT ONSKER_MER_AKTIVITET');
    return worked || (when === 'in-touch' && any('DIALOG HENVIST_NAV NEI_TIL_TILTAK'));
  });
}
