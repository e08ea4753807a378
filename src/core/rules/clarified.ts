import { type CodeUse, codeUse, type Objection, states } from './choice.ts';
import { groundsIn } from './ground.ts';
import type { InformationRule } from './rule.ts';

// Codes of group 4: clarified, and not actively worked with.

/** R25. «No» to one measure is not «no» to OT. */
export const noToOneMeasure: Objection = {
  id: 'R25',
  kind: 'validates',
  text: 'Den som bare har sagt nei til et bestemt tiltak og fortsatt ønsker oppfølging, skal ha OTOV, ikke OTNO.',
  source: 'K, kode 4.1',
  applies: (choice) => choice.code === 'OTNO' && states(choice, 'NEI_TIL_TILTAK'),
  leadsTo: { proposed: ['OTOV'] },
};

/** What the youth does, told by other grounds than the «no»: these never speak for a specific code. */
const NO_ACTIVITY: ReadonlySet<string> = new Set(['OTNO', 'OTOV']);

/** R26. */
export const activityBeforeNo: Objection = {
  id: 'R26',
  kind: 'validates',
  text: 'Den som takker nei fordi hun eller han er i noe som har en egen kode, skal først og fremst ha den koden, ikke OTNO.',
  source: 'K, kode 4.1',
  applies: (choice) =>
    choice.code === 'OTNO' &&
    groundsIn(choice.grounds).some(({ codes }) => codes.some((code) => !NO_ACTIVITY.has(code))),
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
  'K, kode 4.3',
);

export const institutionIsResponsible: CodeUse = codeUse(
  'R30',
  'OTSY er for den som ikke kan bruke tilbudene nå, eller er i en institusjon som har hovedansvaret for oppfølgingen.',
  'K, kode 4.4',
);

export const courseWithoutCompetence: CodeUse = codeUse(
  'R31',
  'OTIF er for opplæring og kurs som ikke gir formell kompetanse, for eksempel folkehøgskole.',
  'K, kode 4.5',
);

/** R32. */
export const clarifiedForNow: InformationRule = {
  id: 'R32',
  kind: 'informs',
  text: 'Gruppe 4 er ungdom i målgruppen som OT ikke arbeider aktivt med på rapporteringstidspunktet.',
  source: 'K, gruppe 4',
};
