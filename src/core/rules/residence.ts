import type { Rule } from './rule.ts';

// Where the youth lives, as Folkeregisteret has it, and what that asks of OT.

/** R35. `applies`: the youth lives in a county that is none of those the registration's county has been. */
export const livesElsewhere: Rule<
  { lives: readonly string[]; registered: string },
  { proposed: 'OTFA_IM'; alert: 'OVERLEVERING'; rejected: 'review'; movedIn: 'ANDRE_GRUNNER' }
> = {
  id: 'R35',
  kind: 'proposes',
  text: 'Folkeregisteret har ungdommen i et annet fylke: si fra til inntakskontoret i eget fylke, som sier fra til det nye fylket hvem det er og at ungdommen er registrert i OT, og ikke mer.',
  source: 'K, kode 5.3',
  applies: ({ lives, registered }) => lives.length > 0 && !lives.includes(registered),
  leadsTo: {
    proposed: 'OTFA_IM',
    alert: 'OVERLEVERING',
    rejected: 'review',
    movedIn: 'ANDRE_GRUNNER',
  },
};

/** R36. Coming back is a question and never a status: nobody has talked to the youth. */
export const hasEmigrated: Rule<
  { kind: 'Residence' | 'Emigrated' },
  { proposed: 'OTFU_IM'; back: 'INNVANDRET'; pupil: readonly string[]; exchange: 'UV' }
> = {
  id: 'R36',
  kind: 'proposes',
  text: 'Den som har meldt utvandring, er ikke i målgruppen; er ungdommen kommet tilbake, vurderer en rådgiver det på nytt.',
  source: 'K, kode 5.4',
  applies: ({ kind }) => kind === 'Emigrated',
  leadsTo: {
    proposed: 'OTFU_IM',
    back: 'INNVANDRET',
    // A pupil abroad is a pupil (R21), and one on exchange (B06) has not left.
    pupil: ['OTEV', 'OTEV_IM'],
    exchange: 'UV',
  },
};

/** Q15. `applies`: the county's number has gone out of use, or the municipality has another county. */
export const residenceDecides: Rule<
  { before: string; after: string },
  { alert: 'KOMMUNE_MANGLER'; category: 'review' }
> = {
  id: 'Q15',
  kind: 'decides',
  text: 'Bostedskommunen avgjør hvilket fylke som har ansvaret; hybel i et annet fylke er ingen flytting, og når fylker deles eller slås sammen, har ingen flyttet.',
  source: 'Domenereferansen, Q15 og O07',
  applies: ({ before, after }) => before !== after,
  leadsTo: { alert: 'KOMMUNE_MANGLER', category: 'review' },
};
