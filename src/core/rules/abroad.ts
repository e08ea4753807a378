import { type CodeUse, codeUse, type Objection, states } from './choice.ts';

// Abroad: outside the target group, unless OT works with the youth or the youth is a pupil there.

export const longAbroad: CodeUse = codeUse(
  'R37',
  'Den som er lenge i utlandet uten å ta formell utdanning, er ikke i målgruppen: OTFU_IM.',
  'Den som er lenge i utlandet utan å ta formell utdanning, er ikkje i målgruppa: OTFU_IM.',
  'K, kode 5.4',
);

/** R38. Goes before R36 and R37. */
export const followedAbroad: Objection = {
  id: 'R38',
  kind: 'validates',
  text: 'Den som OT følger opp aktivt i utlandet, skal ha OTOV eller den koden som passer best, ikke OTFU_IM.',
  nynorsk:
    'Den som OT følgjer opp aktivt i utlandet, skal ha OTOV eller den koden som passar best, ikkje OTFU_IM.',
  source: 'K, kode 5.4',
  applies: (choice) =>
    choice.code === 'OTFU_IM' &&
    states(choice, 'FOLGES_OPP_AKTIVT', 'ONSKER_MER_AKTIVITET', 'DIALOG', 'HENVIST_NAV', 'NEI_TIL_TILTAK'),
  leadsTo: { proposed: ['OTOV'] },
};
