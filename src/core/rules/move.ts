import type { IsoDate } from '../time/date.ts';
import type { Training } from '../youth/statusEvent.ts';
import type { AlertKind } from '../youth/youthEvent.ts';
import type { Rule } from './rule.ts';

// What counts as a move, and what does not. A move is no tilmelding, and a youth wrongly taken for moved gets no
// follow-up: the rules for it are here and nowhere else, and the youth's history says which of them it was.

/** Fields of a start that the rules use. */
export interface Place {
  institution: string;
  from: IsoDate;
  /** What the school says: is it the pupil's main school? Null when it does not say. */
  mainSchool: boolean | null;
}

/** M01. Sources forget to report ends: VIGO's first intake is not taken back by the second, nor a contract by the next.
 *  `listed`: when a list of who is in training last had the earlier one; null when it is in none. */
export const laterStartEnds: Rule<
  { earlier: Place; listed: IsoDate | null; later: Place },
  { ends: 'earlier' }
> = {
  id: 'M01',
  kind: 'decides',
  text: 'En senere start et annet sted avslutter den tidligere, også når det gamle stedet ikke har meldt fra; bare en liste fra etter den nye starten kan si noe annet.',
  nynorsk:
    'Ein seinare start ein annan stad avsluttar den tidlegare, òg når den gamle staden ikkje har meldt frå; berre ei liste frå etter den nye starten kan seie noko anna.',
  source: 'Domenereferansen, S06; N, om oversikten',
  applies: ({ earlier, listed, later }) =>
    later.from > earlier.from &&
    (listed === null || listed <= later.from) &&
    later.institution !== earlier.institution &&
    !twoPlaces.applies({ one: earlier.mainSchool, other: later.mainSchool }),
  leadsTo: { ends: 'earlier' },
};

/** M02. A school's claim to be the main one says nothing: in FINT nearly all make it. */
export const twoPlaces: Rule<{ one: boolean | null; other: boolean | null }, { registers: false }> = {
  id: 'M02',
  kind: 'decides',
  text: 'To plasser står ved siden av hverandre bare når en av skolene sier at den ikke er hovedskolen; den som slutter på den ene, er da fortsatt elev på den andre.',
  nynorsk:
    'To plassar står ved sida av kvarandre berre når ein av skulane seier at han ikkje er hovudskulen; den som sluttar på den eine, er då framleis elev på den andre.',
  source: 'Domenereferansen, S08; FINT, Elevforhold',
  applies: ({ one, other }) => one === false || other === false,
  leadsTo: { registers: false },
};

/** M03. `last`: the county's days after the leaving. */
export const startAfterLeaving: Rule<
  { left: IsoDate; started: IsoDate; last: IsoDate },
  { registers: false }
> = {
  id: 'M03',
  kind: 'decides',
  text: 'Den som begynner igjen samme dag eller innen det antallet dager fylket har bestemt, har flyttet og ikke avbrutt.',
  nynorsk:
    'Den som byrjar igjen same dagen eller innan det talet på dagar fylket har bestemt, har flytta og ikkje avbrote.',
  source: 'Domenereferansen, Q11, S06 og F02',
  applies: ({ left, started, last }) => started >= left && started <= last,
  leadsTo: { registers: false },
};

/** M04. While the list goes on saying so (R05): a youth missing from it later is no longer taken for moved. */
export const listedAfterLeaving: Rule<
  { left: IsoDate; told: IsoDate; missing: boolean },
  { registers: false }
> = {
  id: 'M04',
  kind: 'decides',
  text: 'Den som står som lærling eller elev et annet sted i en liste fra etter sluttdatoen, er fortsatt i opplæring så lenge listen sier det.',
  nynorsk:
    'Den som står som lærling eller elev ein annan stad i ei liste frå etter sluttdatoen, er framleis i opplæring så lenge lista seier det.',
  source: 'Domenereferansen, F03 og I03',
  applies: ({ left, told, missing }) => told > left && !missing,
  leadsTo: { registers: false },
};

/** M05. A youth cannot leave what it was not in. A contract that is only replaced says nothing of when training ended. */
export const lastLeavingCounts: Rule<{ left: IsoDate; leftOther: IsoDate }, { registers: false }> = {
  id: 'M05',
  kind: 'decides',
  text: 'Den som har sluttet to steder, er vurdert fra da alt var slutt: det er den siste sluttmeldingen som gjelder.',
  nynorsk:
    'Den som har slutta to stader, er vurdert frå då alt var slutt: det er den siste sluttmeldinga som gjeld.',
  source: 'Domenereferansen, S08',
  applies: ({ left, leftOther }) => leftOther > left,
  leadsTo: { registers: false },
};

/** M06. Neither registered nor forgotten: an adviser decides. */
export const olderStartAsks: Rule<
  { left: IsoDate; started: IsoDate },
  { registers: false; alert: 'MULIG_FLYTTING'; category: 'review'; leftAll: 'OTUK' }
> = {
  id: 'M06',
  kind: 'decides',
  text: 'En eldre start et annet sted som ingen har avsluttet, er ikke nok til å si at ungdommen har flyttet: en rådgiver avgjør om det er et avbrudd.',
  nynorsk:
    'Ein eldre start ein annan stad som ingen har avslutta, er ikkje nok til å seie at ungdomen har flytta: ein rådgjevar avgjer om det er eit avbrot.',
  source: 'N, om oversikten; domenereferansen, S08',
  applies: ({ left, started }) => started < left,
  leadsTo: { registers: false, alert: 'MULIG_FLYTTING', category: 'review', leftAll: 'OTUK' },
};

/** M07. What begins afterwards is a proposal to the adviser. */
export const lostRightIsNoMove: Rule<{ lostRight: boolean }, { opens: 'AVBRUTT' }> = {
  id: 'M07',
  kind: 'decides',
  text: 'Den som har mistet retten ved vedtak, har ikke flyttet, uansett hvor ungdommen ellers har eller får plass: OT har fortsatt ansvaret.',
  nynorsk:
    'Den som har mist retten ved vedtak, har ikkje flytta, same kvar ungdomen elles har eller får plass: OT har framleis ansvaret.',
  source: 'V, § 13-2 d',
  applies: ({ lostRight }) => lostRight,
  leadsTo: { opens: 'AVBRUTT' },
};

/** M08. A sub-unit and a training office have numbers of their own. A contract that is replaced is left out: the one that
 *  runs may be the new one. */
export const unknownNumberEndsContract: Rule<
  { training: Training; known: boolean; replaced: boolean },
  { ends: 'running contract' }
> = {
  id: 'M08',
  kind: 'decides',
  text: 'En heving med et organisasjonsnummer ingen kontrakt er kjent på, gjelder kontrakten som løper: underenheter og opplæringskontor har egne numre.',
  nynorsk:
    'Ei heving med eit organisasjonsnummer ingen kontrakt er kjend på, gjeld kontrakten som løper: undereiningar og opplæringskontor har eigne nummer.',
  source: 'Domenereferansen, F01; VIGO, listen over aktive kontrakter',
  applies: ({ training, known, replaced }) => training === 'apprenticeship' && !known && !replaced,
  leadsTo: { ends: 'running contract' },
};

/** M09. */
export const neverBegan: Rule<
  { place: Place; notShown: Pick<Place, 'institution' | 'from'> },
  { ends: 'place' }
> = {
  id: 'M09',
  kind: 'decides',
  text: 'Den som ikke møtte eller takket nei, begynte aldri der: plassen teller ikke som en start og avslutter ingen annen.',
  nynorsk:
    'Den som ikkje møtte eller takka nei, byrja aldri der: plassen tel ikkje som ein start og avsluttar ingen annan.',
  source: 'Å, uke 34–37; domenereferansen, S10 og S11',
  applies: ({ place, notShown }) => notShown.institution === place.institution && notShown.from >= place.from,
  leadsTo: { ends: 'place' },
};

/** Why a leaving that a reason code makes no dropout opens nothing; the words of R40 fit those who go on elsewhere. */
type NoDropout = Rule<{ consequence: string }, { registers: false; alert?: AlertKind }>;

/** M10. */
export const completed: NoDropout = {
  id: 'M10',
  kind: 'decides',
  text: 'Den som har fullført, har ikke avbrutt opplæringen.',
  nynorsk: 'Den som har fullført, har ikkje avbrote opplæringa.',
  source: 'Domenereferansen, F02',
  applies: ({ consequence }) => consequence === 'completed',
  leadsTo: { registers: false },
};

/** M11. */
export const onLeave: NoDropout = {
  id: 'M11',
  kind: 'decides',
  text: 'Permisjon og utveksling er ikke avbrudd; en rådgiver ser over det én gang.',
  nynorsk: 'Permisjon og utveksling er ikkje avbrot; ein rådgjevar ser over det éin gong.',
  source: 'Domenereferansen, S02',
  applies: ({ consequence }) => consequence === 'review-leave',
  leadsTo: { registers: false, alert: 'PERMISJON_ELLER_UTVEKSLING' },
};

/** M12. */
export const contractRanOut: NoDropout = {
  id: 'M12',
  kind: 'decides',
  text: 'En kontrakt som er over uten at fagprøven er bestått, er et spørsmål til en rådgiver og ikke et avbrudd.',
  nynorsk:
    'Ein kontrakt som er over utan at fagprøva er bestått, er eit spørsmål til ein rådgjevar og ikkje eit avbrot.',
  source: 'Domenereferansen, F02 og F04',
  applies: ({ consequence }) => consequence === 'review-ended',
  leadsTo: { registers: false, alert: 'KONTRAKT_UTEN_FULLFORING' },
};

/** M13. */
export const takenBack: Rule<{ annulled: boolean }, { registers: false }> = {
  id: 'M13',
  kind: 'decides',
  text: 'Kilden har trukket meldingen tilbake, og OT hadde ikke rukket å handle på den.',
  nynorsk: 'Kjelda har trekt meldinga tilbake, og OT hadde ikkje rokke å handle på ho.',
  source: 'Domenereferansen, S04',
  applies: ({ annulled }) => annulled,
  leadsTo: { registers: false },
};
