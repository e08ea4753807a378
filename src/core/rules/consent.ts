import type { ConsentParty } from '../youth/statusEvent.ts';
import type { Rule } from './rule.ts';

// What may be known about a youth and NAV. Everything not permitted here is denied.

/** R48. `applies`: the answer is stopped. Both sides must hold. */
export const navNeedsConsent: Rule<
  { a: boolean; b: boolean },
  { alert: 'KJENT_HOS_NAV'; category: 'alert' }
> = {
  id: 'R48',
  kind: 'decides',
  text: 'Svar fra NAV brukes bare når ungdommen har samtykket både til at OT spør og til at NAV svarer.',
  nynorsk:
    'Svar frå NAV blir berre brukte når ungdomen har samtykt både til at OT spør og til at NAV svarar.',
  source: 'H, samarbeid med NAV',
  applies: ({ a, b }) => !(a && b),
  leadsTo: { alert: 'KJENT_HOS_NAV', category: 'alert' },
};

/** Q30. `applies`: what NAV says of measures is stopped. */
export const measuresAreNamed: Rule<{ named: boolean }, { never: true }> & { id: 'Q30' } = {
  id: 'Q30',
  kind: 'decides',
  text: 'Det NAV melder om tiltak og ungdomsprogrammet, brukes bare når alle samtykkene, på begge sider, nevner tiltak. Et samtykke som ikke sier hva det gjelder, nevner ikke tiltak.',
  nynorsk:
    'Det NAV melder om tiltak og ungdomsprogrammet, blir berre brukt når alle samtykka, på begge sider, nemner tiltak. Eit samtykke som ikkje seier kva det gjeld, nemner ikkje tiltak.',
  source: 'Domenereferansen, §1.9 punkt 4 og W9',
  applies: ({ named }) => !named,
  leadsTo: { never: true },
};

/** Q7. Which parties must have said yes; a second guardian too where there is one. An unknown age must satisfy both. */
export const whoConsents: Rule<{ age: 'minor' | 'adult' | 'between' | 'unknown' }, { never: true }> & {
  parties: Record<'minor' | 'adult' | 'unknown', readonly ConsentParty[]>;
} = {
  id: 'Q7',
  kind: 'decides',
  text: 'Under 18 år må de som har foreldreansvar, samtykke, begge der det er to, og ungdommen ikke være imot; fra 18 år samtykker ungdommen alene. Er det ikke kjent hvor mange som har foreldreansvar, holder det ikke at noen av dem har samtykket.',
  nynorsk:
    'Under 18 år må dei som har foreldreansvar, samtykkje, begge der det er to, og ungdomen ikkje vere imot; frå 18 år samtykkjer ungdomen åleine. Er det ikkje kjent kor mange som har foreldreansvar, held det ikkje at nokon av dei har samtykt.',
  source:
    'Domenereferansen, Q7 og Y04; Datatilsynet; NAV, veilarboppfolging (under 18 år: samtykke fra begge foresatte)',
  // Born 29 February, on 28 February of the year of turning 18: the guardian no longer counts, the youth not yet.
  applies: ({ age }) => age === 'between',
  leadsTo: { never: true },
  parties: { minor: ['FORESATT'], adult: ['UNGDOM'], unknown: ['FORESATT', 'UNGDOM'] },
};
