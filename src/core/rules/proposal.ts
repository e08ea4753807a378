import type { Training } from '../youth/statusEvent.ts';
import type { Rule } from './rule.ts';

// What is suggested to an adviser and never set: the adviser answers whether it came about through OT.

/** R21–R23. Codes of a youth in training: came there through OT, and was there already. */
type InTraining = Rule<{ training: Training }, { viaOt: string; already: string }>;

export const pupil: InTraining = {
  id: 'R21',
  kind: 'proposes',
  text: 'En elev har OTEV eller OTEV_IM, også i utlandet og på høyere nivå uten fullført videregående; rådgiver avgjør om det kom i stand via OT.',
  nynorsk:
    'Ein elev har OTEV eller OTEV_IM, òg i utlandet og på høgare nivå utan fullført vidaregåande; rådgjevar avgjer om det kom i stand via OT.',
  source: 'K, kode 3.5 og 5.7',
  applies: ({ training }) => training === 'school',
  leadsTo: { viaOt: 'OTEV', already: 'OTEV_IM' },
};

export const privatePupil: InTraining = {
  id: 'R22',
  kind: 'proposes',
  text: 'En elev ved en privat videregående skole har OTVF eller OTVF_IM; rådgiver avgjør om det kom i stand via OT.',
  nynorsk:
    'Ein elev ved ein privat vidaregåande skule har OTVF eller OTVF_IM; rådgjevar avgjer om det kom i stand via OT.',
  source: 'K, kode 3.6 og 5.8',
  applies: ({ training }) => training === 'private-school',
  leadsTo: { viaOt: 'OTVF', already: 'OTVF_IM' },
};

export const apprentice: InTraining = {
  id: 'R23',
  kind: 'proposes',
  text: 'Den som har læreplass eller er i et planlagt grunnkompetanseløp, har OTLL eller OTLL_IM; rådgiver avgjør om det kom i stand via OT.',
  nynorsk:
    'Den som har læreplass eller er i eit planlagt grunnkompetanseløp, har OTLL eller OTLL_IM; rådgjevar avgjer om det kom i stand via OT.',
  source: 'K, kode 3.7 og 5.9',
  applies: ({ training }) => training === 'apprenticeship',
  leadsTo: { viaOt: 'OTLL', already: 'OTLL_IM' },
};

const BY_TRAINING: Readonly<Record<Training, InTraining>> = {
  school: pupil,
  'private-school': privatePupil,
  apprenticeship: apprentice,
};
/** Every kind of training has one. */
export const IN_TRAINING: readonly InTraining[] = Object.values(BY_TRAINING);

export function inTraining(training: Training): InTraining {
  return BY_TRAINING[training];
}

/** R33. Preventive work with a pupil or apprentice. */
export const preventive: Rule<
  { kind: string },
  { codes: readonly string[]; proposed: string; inLowerSecondary: string }
> = {
  id: 'R33',
  kind: 'proposes',
  text: 'OT kan arbeide forebyggende med den som fortsatt er i opplæring; ungdommen er da ikke i målgruppen.',
  nynorsk:
    'OT kan arbeide førebyggjande med den som framleis er i opplæring; ungdomen er då ikkje i målgruppa.',
  source: 'V, om målgruppen; K, kode 5.1 og 5.2',
  applies: ({ kind }) => kind === 'AtRisk' || kind === 'WithoutPlans',
  leadsTo: { codes: ['ELGS_IM', 'ELVG_IM'], proposed: 'ELVG_IM', inLowerSecondary: 'ELGS_IM' },
};

/** R34. The code says in training, and the youth has left. */
export const codeMustChange: Rule<{ code: string }, { alert: 'STATUS_MA_ENDRES'; category: 'review' }> = {
  id: 'R34',
  kind: 'proposes',
  text: 'Ungdommen har sluttet i opplæring; statuskoden må endres til den som beskriver aktiviteten best.',
  nynorsk: 'Ungdomen har slutta i opplæring; statuskoden må endrast til den som beskriv aktiviteten best.',
  source: 'K, kode 5.2',
  applies: ({ code }) => SAYS_IN_TRAINING.has(code),
  leadsTo: { alert: 'STATUS_MA_ENDRES', category: 'review' },
};
const SAYS_IN_TRAINING: ReadonlySet<string> = new Set([
  ...preventive.leadsTo.codes,
  ...IN_TRAINING.flatMap(({ leadsTo }) => [leadsTo.viaOt, leadsTo.already]),
]);

/** R39. Completed, and yet registered. */
export const registeredByMistake: Rule<{ consequence: string }, { proposed: string }> = {
  id: 'R39',
  kind: 'proposes',
  text: 'Ungdommen har fullført opplæringen og kan være registrert i OT ved en feil.',
  nynorsk: 'Ungdomen har fullført opplæringa og kan vere registrert i OT ved ein feil.',
  source: 'K, kode 5.5',
  applies: ({ consequence }) => consequence === 'completed',
  leadsTo: { proposed: 'FEIL' },
};
