import type { Consequence } from '../codelists/leaveConsequence.ts';
import type { Tilmeldingskode } from '../youth/statusEvent.ts';
import type { AlertKind } from '../youth/youthEvent.ts';
import type { InformationRule, Rule } from './rule.ts';

// What opens a registration in OT, and what does not.

/** R01. The only status the bridge sets by itself. */
export const firstStatus: Rule<{ tilmeldingskode: Tilmeldingskode | null }, { code: 'OTUK' }> = {
  id: 'R01',
  kind: 'decides',
  text: 'En ny tilmelding får OTUK som første statuskode, fordi ingen har snakket med ungdommen ennå.',
  nynorsk: 'Ei ny tilmelding får OTUK som første statuskode, fordi ingen har snakka med ungdomen enno.',
  source: 'K, kode 1.1',
  applies: ({ tilmeldingskode }) => tilmeldingskode !== null,
  leadsTo: { code: 'OTUK' },
};

/** What leaving with a reason means. `ends`: the youth is no longer in training at the institution. */
export interface Leaving {
  opens: 'AVBRUTT' | 'TAKKET_NEI' | 'NO_SHOW' | null;
  ends: boolean;
  /** The youth said that training goes on elsewhere: watch that it does. */
  watch: boolean;
  review: AlertKind | null;
}

const QUIET: Leaving = { opens: null, ends: true, watch: false, review: null };

/** R40. `applies`: leaving is not dropping out. A right lost by decision is a dropout whatever the reason. */
export const leavingIsNotDropout: Rule<
  { consequence: Consequence; lostRight: boolean },
  Record<Exclude<Consequence, 'dropout'>, Leaving>
> = {
  id: 'R40',
  kind: 'decides',
  text: 'Den som bytter skole, programområde eller lærebedrift, eller går over i lære, har ikke avbrutt opplæringen.',
  nynorsk:
    'Den som byter skule, programområde eller lærebedrift, eller går over i lære, har ikkje avbrote opplæringa.',
  source: 'Å, avklaringsmøter',
  applies: ({ consequence, lostRight }) => consequence !== 'dropout' && !lostRight,
  leadsTo: {
    'expect-school': { ...QUIET, watch: true },
    'expect-apprenticeship': { ...QUIET, watch: true },
    // Another programme at the same school; a contract that is replaced ends nothing that the register does not report.
    none: { ...QUIET, ends: false },
    'review-leave': { ...QUIET, ends: false, review: 'PERMISJON_ELLER_UTVEKSLING' },
    'no-show': { ...QUIET, opens: 'NO_SHOW' },
    declined: { ...QUIET, opens: 'TAKKET_NEI' },
    completed: QUIET,
    'review-ended': { ...QUIET, review: 'KONTRAKT_UTEN_FULLFORING' },
  },
};

export const DROPOUT: Leaving = { opens: 'AVBRUTT', ends: true, watch: false, review: null };

/** R05. Lists are evidence, never a decision: a youth missing from them is a question to a human. */
export const listDecidesNothing: Rule<{ absences: number; limit: number }, { category: 'review' }> = {
  id: 'R05',
  kind: 'decides',
  text: 'At en ungdom står i en liste eller mangler i den, avgjør ikke om ungdommen er i målgruppen.',
  nynorsk: 'At ein ungdom står i ei liste eller manglar i ho, avgjer ikkje om ungdomen er i målgruppa.',
  source: 'K, innledningen',
  applies: ({ absences, limit }) => absences >= limit,
  leadsTo: { category: 'review' },
};

/** Q6. `leadsTo` is policy: the county's code for a youth that did not show. */
export const noShowHasNoCodeOfItsOwn: InformationRule = {
  id: 'Q6',
  kind: 'informs',
  text: 'De som ikke møtte, har ingen egen tilmeldingskode i dokumentene; fylket har valgt den som brukes.',
  nynorsk:
    'Dei som ikkje møtte, har ingen eigen tilmeldingskode i dokumenta; fylket har valt den som blir brukt.',
  source: 'Domenereferansen, Q6',
};

/** Q14. Both on the same date: the youth is in training. */
export const trainingWinsTheDay: Rule<{ ended: string; started: string }, { alert: 'SLUTT_OG_START' }> = {
  id: 'Q14',
  kind: 'decides',
  text: 'Når slutt og start har samme dato, regnes ungdommen som i opplæring, og en rådgiver ser på begge.',
  nynorsk:
    'Når slutt og start har same dato, blir ungdomen rekna som i opplæring, og ein rådgjevar ser på begge.',
  source: 'Domenereferansen, Q14',
  applies: ({ ended, started }) => ended === started,
  leadsTo: { alert: 'SLUTT_OG_START' },
};

/** R43. Holds because a registration's key has the school year in it. */
export const yearsStandBesideEachOther: InformationRule = {
  id: 'R43',
  kind: 'informs',
  text: 'Registrering for neste skoleår står ved siden av årets og endrer den ikke.',
  nynorsk: 'Registrering for neste skuleår står ved sida av registreringa for dette året og endrar ho ikkje.',
  source: 'Å, før 7. juni',
};
