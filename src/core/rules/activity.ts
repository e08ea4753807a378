import { askedCode, type Choice, type CodeUse, codeUse, type Objection, sideOf, states } from './choice.ts';
import { groundsIn } from './ground.ts';
import type { Rule } from './rule.ts';

// Codes of the groups 2 and 3: followed up by OT, or in activity.

const IN_TRAINING = ['OTEV', 'OTEV_IM', 'OTVF', 'OTVF_IM', 'OTLL', 'OTLL_IM'];
const IN_ACTIVITY = ['OTOA', 'OTAP', 'OTKO', 'OTAR', 'OTAR_IM', ...IN_TRAINING, 'OTIF'];

/** NAV has a part in the measure. */
const navTakesPart = (choice: Choice) => states(choice, 'NAV_PRAKSIS', 'NAV_MIDLER', 'NAV_TILTAK');
/** County or municipality has a part in the measure. */
const countyTakesPart = (choice: Choice) => states(choice, 'FYLKETS_TILTAK', 'FYLKET_DELTAR');

export const dialogue: CodeUse = codeUse(
  'R07',
  'OTOV brukes når OT veileder ungdommen og ungdommen verken er i tiltak eller i institusjon.',
  'OTOV blir brukt når OT rettleier ungdomen og ungdomen verken er i tiltak eller i institusjon.',
  'K, kode 2.1',
);

export const offerNotTaken: CodeUse = codeUse(
  'R08',
  'Den som har fått tilbud om tiltak og ikke tok det imot, eller der tiltaket ikke virket, følges fortsatt opp (OTOV).',
  'Den som har fått tilbod om tiltak og ikkje tok imot det, eller der tiltaket ikkje verka, blir framleis følgd opp (OTOV).',
  'K, kode 2.1',
);

export const waitingForOffer: CodeUse = codeUse(
  'R09',
  'OT har ansvaret (OTOV) for den som er henvist til NAV eller andre, til det kommer et tilbud.',
  'OT har ansvaret (OTOV) for den som er vist til NAV eller andre, til det kjem eit tilbod.',
  'K, kode 2.1',
);

/** R10. Yields to R08 where the measure was declined or failed, and to R20 where the youth wants more than the work or is
 *  actively followed up as well. */
export const notFollowedInActivity: Objection = {
  id: 'R10',
  kind: 'validates',
  text: 'Den som er i gang med en aktivitet eller et tiltak, skal ikke ha OTOV.',
  nynorsk: 'Den som er i gang med ein aktivitet eller eit tiltak, skal ikkje ha OTOV.',
  source: 'K, kode 2.1',
  applies: (choice) => {
    if (choice.code !== 'OTOV' || choice.grounds.length === 0) return false;
    const over = states(choice, 'TILBUD_AVSLATT', 'TILTAK_VIRKET_IKKE', 'NEI_TIL_TILTAK');
    const wantsMore = states(choice, 'ONSKER_MER_AKTIVITET', 'FOLGES_OPP_AKTIVT');
    return groundsIn(choice.grounds).some(
      ({ activity }) =>
        activity !== null && !(activity === 'measure' && over) && !(activity === 'work' && wantsMore),
    );
  },
  leadsTo: { proposed: IN_ACTIVITY, among: 'GROUNDS' },
};

/** R13. Applies to ordinary training called a measure. */
export const measureOfTheCounty: Objection = {
  id: 'R13',
  kind: 'validates',
  text: 'OTOA er for tiltak i regi av OT eller fylket, uten NAV og utenfor ordinær opplæring og planlagte grunnkompetanseløp.',
  nynorsk:
    'OTOA er for tiltak i regi av OT eller fylket, utan NAV og utanfor ordinær opplæring og planlagde grunnkompetanseløp.',
  source: 'K, kode 3.1',
  applies: (choice) =>
    choice.code === 'OTOA' && groundsIn(choice.grounds).some(({ activity }) => activity === 'training'),
  leadsTo: { proposed: IN_TRAINING, among: 'GROUNDS' },
};

export const measureWithNav: Objection = {
  id: 'R14',
  kind: 'validates',
  text: 'Et tiltak i regi av fylket som er satt sammen med praksis eller midler fra NAV, skal ha OTKO, ikke OTOA.',
  nynorsk:
    'Eit tiltak i regi av fylket som er sett saman med praksis eller midlar frå NAV, skal ha OTKO, ikkje OTOA.',
  source: 'K, kode 3.1 og 3.3',
  applies: (choice) => choice.code === 'OTOA' && navTakesPart(choice),
  leadsTo: { proposed: ['OTKO'] },
};

/** Both have to take part in what is called combined: that only one does is a question, for the other's part may be known
 *  elsewhere. */
export const onlyOfTheCounty = (choice: Choice) =>
  choice.code === 'OTKO' &&
  states(choice, 'FYLKETS_TILTAK') &&
  !states(choice, 'FYLKET_DELTAR') &&
  !navTakesPart(choice);
export const onlyOfNav = (choice: Choice) =>
  choice.code === 'OTKO' &&
  states(choice, 'NAV_TILTAK') &&
  !states(choice, 'NAV_PRAKSIS', 'NAV_MIDLER') &&
  !countyTakesPart(choice);

export const measureOfNav: CodeUse = codeUse(
  'R15',
  'OTAP er bare for rene NAV-tiltak; at NAV kjenner ungdommen, er ikke et tiltak.',
  'OTAP er berre for reine NAV-tiltak; at NAV kjenner ungdomen, er ikkje eit tiltak.',
  'K, kode 3.2',
);

/** R16. A gap in the code list: there is no code for it outside the target group. */
export const navMeasureWithoutOt: Rule<Pick<Choice, 'code' | 'viaOt'>, { finding: 'OTAP_UTEN_OT' }> = {
  id: 'R16',
  kind: 'validates',
  text: 'OTAP som ikke kom i stand via OT, har ingen egen kode; den blir stående i gruppe 3 og sjekkes før rapport.',
  nynorsk:
    'OTAP som ikkje kom i stand via OT, har ingen eigen kode; han blir ståande i gruppe 3 og blir sjekka før rapport.',
  source: 'K, innledningen og kode 3.2; domenereferansen, Q4',
  applies: ({ code, viaOt }) => code === 'OTAP' && viaOt === 'NEI',
  leadsTo: { finding: 'OTAP_UTEN_OT' },
};

export const measureTogether: Objection = {
  id: 'R17',
  kind: 'validates',
  text: 'Når fylket eller kommunen betaler for eller samarbeider om en del av et NAV-tiltak, er koden OTKO, ikke OTAP.',
  nynorsk:
    'Når fylket eller kommunen betaler for eller samarbeider om ein del av eit NAV-tiltak, er koden OTKO, ikkje OTAP.',
  source: 'K, kode 3.3; Udir, april 2021',
  applies: (choice) => choice.code === 'OTAP' && countyTakesPart(choice),
  leadsTo: { proposed: ['OTKO'] },
};

/** R18. Applies to work that came after contact and is said not to be through OT. */
export const work: Objection = {
  id: 'R18',
  kind: 'validates',
  text: 'Arbeid etter at OT tok kontakt er OTAR med viaOT, uansett hvor få timer det er.',
  nynorsk: 'Arbeid etter at OT tok kontakt, er OTAR med viaOT, same kor få timar det er.',
  source: 'K, kode 3.4',
  applies: (choice) =>
    askedCode(choice.code) === 'OTAR' && sideOf(choice) === 'NEI' && states(choice, 'KOM_I_AKTIVITET'),
  leadsTo: { proposed: ['OTAR'] },
};

/** R19. Applies to work that was there before and is said to be through OT. */
export const workFromBefore: Objection = {
  id: 'R19',
  kind: 'validates',
  text: 'Den som var i arbeid allerede da OT tok kontakt, er ikke i målgruppen: OTAR_IM.',
  nynorsk: 'Den som var i arbeid alt då OT tok kontakt, er ikkje i målgruppa: OTAR_IM.',
  source: 'K, kode 3.4 og 5.6',
  applies: (choice) =>
    askedCode(choice.code) === 'OTAR' && sideOf(choice) === 'JA' && states(choice, 'VAR_I_AKTIVITET'),
  leadsTo: { proposed: ['OTAR_IM'] },
};

/** R20. Goes before R10 and R18. */
export const wantsMore: Objection = {
  id: 'R20',
  kind: 'validates',
  text: 'Den som er i arbeid, men ønsker mer eller annen aktivitet med hjelp fra OT, skal ha OTOV.',
  nynorsk: 'Den som er i arbeid, men ønskjer meir eller annan aktivitet med hjelp frå OT, skal ha OTOV.',
  source: 'K, kode 3.4',
  applies: (choice) => askedCode(choice.code) === 'OTAR' && states(choice, 'ONSKER_MER_AKTIVITET'),
  leadsTo: { proposed: ['OTOV'] },
};
