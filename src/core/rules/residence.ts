import type { CountyNumber } from '../organisation.ts';
import type { IsoDate } from '../time/date.ts';
import type { Rule } from './rule.ts';

// Where the youth lives, as Folkeregisteret has it, and what that asks of OT.

/** R35. `applies`: the youth lives in a county that is none of those the registration's county has been. */
export const livesElsewhere: Rule<
  { lives: readonly CountyNumber[]; registered: CountyNumber },
  { proposed: 'OTFA_IM'; alert: 'OVERLEVERING'; rejected: 'review'; movedIn: 'ANDRE_GRUNNER' }
> = {
  id: 'R35',
  kind: 'proposes',
  text: 'Folkeregisteret har ungdommen i et annet fylke: si fra til inntakskontoret i eget fylke, som sier fra til det nye fylket hvem det er og at ungdommen er registrert i OT, og ikke mer.',
  nynorsk:
    'Folkeregisteret har ungdomen i eit anna fylke: sei frå til inntakskontoret i eige fylke, som seier frå til det nye fylket kven det er og at ungdomen er registrert i OT, og ikkje meir.',
  source: 'K, kode 5.3',
  applies: ({ lives, registered }) => lives.length > 0 && !lives.includes(registered),
  leadsTo: {
    proposed: 'OTFA_IM',
    alert: 'OVERLEVERING',
    rejected: 'review',
    movedIn: 'ANDRE_GRUNNER',
  },
};

/** From the last day to apply until the year itself begins. */
const COMING_YEAR = { from: '03-01', until: '08-01' } as const;

/** Q17. `applies`: next year's registrations are under way, and the yes is about them too. */
export const yesCoversYears: Rule<{ on: IsoDate }, { from: string; until: string }> = {
  id: 'Q17',
  kind: 'decides',
  text: 'Et ja til å overta gjelder året som går, og fra søknadsfristen 1. mars også det neste; fylket som gir fra seg, teller ungdommen i alle år det nye fylket ikke har sagt ja til.',
  nynorsk:
    'Eit ja til å ta over gjeld året som går, og frå søknadsfristen 1. mars òg det neste; fylket som gir frå seg, tel ungdomen i alle år det nye fylket ikkje har sagt ja til.',
  source: 'K, kode 5.3; H: «alltid ha ein ansvarleg»',
  applies: ({ on }) => on.slice(5) >= COMING_YEAR.from && on.slice(5) < COMING_YEAR.until,
  leadsTo: COMING_YEAR,
};

/** R36. Coming back is a question and never a status: OT has not talked to the youth. */
export const hasEmigrated: Rule<
  { kind: 'Residence' | 'Emigrated' },
  { proposed: 'OTFU_IM'; back: 'INNVANDRET'; pupil: readonly string[]; exchange: 'UV' }
> = {
  id: 'R36',
  kind: 'proposes',
  text: 'Den som har meldt utvandring, er ikke i målgruppen; er ungdommen kommet tilbake, vurderer en rådgiver det på nytt.',
  nynorsk:
    'Den som har meldt utvandring, er ikkje i målgruppa; er ungdomen komen tilbake, vurderer ein rådgjevar det på nytt.',
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
  nynorsk:
    'Bustadkommunen avgjer kva fylke som har ansvaret; hybel i eit anna fylke er inga flytting, og når fylke blir delte eller slegne saman, har ingen flytta.',
  source: 'Domenereferansen, Q15 og O07',
  applies: ({ before, after }) => before !== after,
  leadsTo: { alert: 'KOMMUNE_MANGLER', category: 'review' },
};
