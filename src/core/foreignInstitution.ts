import type { Problem } from './problem.ts';

export const FOREIGN_INSTITUTION = 'FOREIGN_INSTITUTION';

/** A row about another institution than those the sender may send for. */
export function foreignInstitution(): Problem {
  return {
    code: FOREIGN_INSTITUTION,
    field: '',
    text: 'Raden gjelder en annen skole eller virksomhet enn den du har tilgang til å sende for.',
    cure: 'Send bare rader om din egen, eller be fylkeskommunen om tilgang til den andre.',
  };
}
