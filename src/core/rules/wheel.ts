import type { IsoDate } from '../time/date.ts';
import type { Happened } from '../youth/happened.ts';
import type { Rule } from './rule.ts';

// What the yearly wheel (Å, H) has advisers do with a registration: which youths they review, ask about, call and write to.

interface Opened {
  /** What opened the registration; null = an adviser alone. */
  happened: Happened | null;
}

/** W02, and W17 and W26 after it. `since`: when the look-through began. */
export const statusesAreConfirmed: Rule<{ confirmed: IsoDate; since: IsoDate }, { list: 'stale-statuses' }> =
  {
    id: 'W02',
    kind: 'decides',
    text: 'Før hver innrapportering går OT gjennom alle ungdommene; denne statusen har ingen bekreftet ennå.',
    nynorsk:
      'Før kvar innrapportering går OT gjennom alle ungdomane; denne statusen har ingen stadfesta enno.',
    source: 'Å, før 7. februar, 7. juni og 7. november',
    applies: ({ confirmed, since }) => confirmed < since,
    leadsTo: { list: 'stale-statuses' },
  };

/** W06. */
export const schoolsAreAsked: Rule<Opened & { contacted: boolean }, { list: 'non-applicants' }> = {
  id: 'W06',
  kind: 'decides',
  text: 'Skolen spørres om hva den som ikke har søkt, skal gjøre neste år.',
  nynorsk: 'Skulen blir spurd om kva den som ikkje har søkt, skal gjere neste år.',
  source: 'Å, før 1. mars',
  applies: ({ happened, contacted }) => happened === 'IKKE_SOKT' && !contacted,
  leadsTo: { list: 'non-applicants' },
};

/** W15. */
export const silentAreCalled: Rule<Opened & { contacted: boolean }, { list: 'unanswered' }> = {
  id: 'W15',
  kind: 'decides',
  text: 'Den som ikke har svart på brevene, kontaktes på telefon, SMS eller e-post innen 15. august.',
  nynorsk: 'Den som ikkje har svara på breva, blir kontakta på telefon, SMS eller e-post innan 15. august.',
  source: 'Å, juni–august',
  applies: ({ happened, contacted }) => happened === 'IKKE_SOKT' && !contacted,
  leadsTo: { list: 'unanswered' },
};

type LetterRule = Rule<Opened, { letter: true }>;

const declined = ({ happened }: Opened) => happened !== null && happened !== 'IKKE_SOKT';

/** W13. */
export const nonApplicantsGetLetter: LetterRule = {
  id: 'W13',
  kind: 'decides',
  text: 'Den som ikke har søkt, får brev med spørsmål om neste skoleår.',
  nynorsk: 'Den som ikkje har søkt, får brev med spørsmål om neste skuleår.',
  source: 'Å, uke 20',
  applies: ({ happened }) => happened === 'IKKE_SOKT',
  leadsTo: { letter: true },
};

/** W14. */
export const nonApplicantsAreReminded: LetterRule = {
  id: 'W14',
  kind: 'decides',
  text: 'Den som ikke har svart på brevet til ikkesøkere, får purring.',
  nynorsk: 'Den som ikkje har svara på brevet til ikkje-søkjarar, får purring.',
  source: 'Å, uke 22',
  applies: nonApplicantsGetLetter.applies,
  leadsTo: { letter: true },
};

/** W24. */
export const leaversGetLetter: LetterRule = {
  id: 'W24',
  kind: 'decides',
  text: 'Den som har takket nei, ikke møtte eller har sluttet, får brev.',
  nynorsk: 'Den som har takka nei, ikkje møtte eller har slutta, får brev.',
  source: 'Å, uke 39',
  applies: declined,
  leadsTo: { letter: true },
};

/** W25. */
export const leaversAreReminded: LetterRule = {
  id: 'W25',
  kind: 'decides',
  text: 'Den som ikke har svart på brevet i september, får purring.',
  nynorsk: 'Den som ikkje har svara på brevet i september, får purring.',
  source: 'Å, uke 41',
  applies: declined,
  leadsTo: { letter: true },
};

/** W30. */
export const unreachedGetLetter: LetterRule = {
  id: 'W30',
  kind: 'decides',
  text: 'Den OT ikke har fått tak i, får brev i oktober og deretter SMS.',
  nynorsk: 'Den OT ikkje har fått tak i, får brev i oktober og deretter SMS.',
  source: 'H, oktober',
  applies: () => true,
  leadsTo: { letter: true },
};
