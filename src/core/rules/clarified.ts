import { type Choice, type CodeUse, codeUse, type Objection, states } from './choice.ts';
import { groundsIn } from './ground.ts';

// Codes of group 4: clarified, and not actively worked with.

/** R25. «No» to one measure is not «no» to OT, and a youth that OT works with has not said no. */
export const noToOneMeasure: Objection = {
  id: 'R25',
  kind: 'validates',
  text: 'Den som bare har sagt nei til et bestemt tiltak, eller som fortsatt ønsker eller får oppfølging, skal ha OTOV, ikke OTNO.',
  nynorsk:
    'Den som berre har sagt nei til eit bestemt tiltak, eller som framleis ønskjer eller får oppfølging, skal ha OTOV, ikkje OTNO.',
  source: 'K, kode 4.1',
  applies: (choice) =>
    choice.code === 'OTNO' && states(choice, 'NEI_TIL_TILTAK', 'ONSKER_MER_AKTIVITET', 'FOLGES_OPP_AKTIVT'),
  leadsTo: { proposed: ['OTOV'] },
};

/** Codes that never speak for what the youth does, by other grounds than the «no». */
const NO_ACTIVITY: ReadonlySet<string> = new Set(['OTNO', 'OTOV']);

/** The youth is not in a measure that was declined or did not work (R08). */
const isOver = (choice: Choice) => states(choice, 'TILBUD_AVSLATT', 'TILTAK_VIRKET_IKKE');

/** R26. */
export const activityBeforeNo: Objection = {
  id: 'R26',
  kind: 'validates',
  text: 'Den som takker nei fordi hun eller han er i noe som har en egen kode, skal først og fremst ha den koden, ikke OTNO.',
  nynorsk:
    'Den som takkar nei fordi ho eller han er i noko som har ein eigen kode, skal først og fremst ha den koden, ikkje OTNO.',
  source: 'K, kode 4.1',
  applies: (choice) =>
    choice.code === 'OTNO' &&
    groundsIn(choice.grounds).some(
      ({ activity, codes }) =>
        codes.some((code) => !NO_ACTIVITY.has(code)) && !(activity === 'measure' && isOver(choice)),
    ),
  leadsTo: {
    proposed: [
      'OTOA',
      'OTAP',
      'OTKO',
      'OTAR',
      'OTAR_IM',
      'OTEV',
      'OTEV_IM',
      'OTVF',
      'OTVF_IM',
      'OTLL',
      'OTLL_IM',
      'OTMI',
      'OTBA',
      'OTSY',
      'OTIF',
      'ELGS_IM',
      'ELVG_IM',
      'OTFA_IM',
      'OTFU_IM',
      'FEIL',
    ],
    among: 'GROUNDS',
  },
};

export const childToCareFor: CodeUse = codeUse(
  'R29',
  'OTBA er for den som er hjemme med barn eller venter barn; er det ikke søkt om utsettelse, skal OT tilby veiledning.',
  'OTBA er for den som er heime med barn eller ventar barn; er det ikkje søkt om utsetjing, skal OT tilby rettleiing.',
  'K, kode 4.3',
);

export const institutionIsResponsible: CodeUse = codeUse(
  'R30',
  'OTSY er for den som ikke kan bruke tilbudene nå, eller er i en institusjon som har hovedansvaret for oppfølgingen.',
  'OTSY er for den som ikkje kan bruke tilboda no, eller er i ein institusjon som har hovudansvaret for oppfølginga.',
  'K, kode 4.4',
);

export const courseWithoutCompetence: CodeUse = codeUse(
  'R31',
  'OTIF er for opplæring og kurs som ikke gir formell kompetanse, for eksempel folkehøgskole.',
  'OTIF er for opplæring og kurs som ikkje gir formell kompetanse, til dømes folkehøgskule.',
  'K, kode 4.5',
);

/** OT works with the youth. */
export const worksWith = (choice: Choice) => states(choice, 'FOLGES_OPP_AKTIVT', 'ONSKER_MER_AKTIVITET');

/** R32. A course is an activity of its own, and OTNO and OTSY have rules of their own. */
export const clarifiedForNow: Objection = {
  id: 'R32',
  kind: 'validates',
  text: 'Gruppe 4 er ungdom i målgruppen som OT ikke arbeider aktivt med på rapporteringstidspunktet; den OT følger opp, skal ha OTOV.',
  nynorsk:
    'Gruppe 4 er ungdom i målgruppa som OT ikkje arbeider aktivt med på rapporteringstidspunktet; den OT følgjer opp, skal ha OTOV.',
  source: 'K, gruppe 4',
  applies: (choice) => (choice.code === 'OTMI' || choice.code === 'OTBA') && worksWith(choice),
  leadsTo: { proposed: ['OTOV'] },
};
