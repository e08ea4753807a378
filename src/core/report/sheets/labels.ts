import type { Tilmeldingskode } from '../../youth/statusEvent.ts';
import type { Exclusion } from '../view.ts';

// Words of the tables, as the published reports have them.

export const TILMELDING_TITLES: Readonly<Record<Tilmeldingskode | 'UKJENT', string>> = {
  IKKE_SOKT: 'Ikke søkt opplæring',
  TAKKET_NEI: 'Takket nei til opplæring',
  AVBRUTT: 'Avbrutt fra vdg opplæring',
  ANDRE_GRUNNER: 'Andre grunner',
  UKJENT: 'Ikke oppgitt',
};

export const EXCLUSION_TITLES: Readonly<Record<Exclusion, string>> = {
  OVER_ALDERSGRENSEN: 'Over aldersgrensen',
  ANNET_FYLKE: 'Et annet fylke har overtatt',
  DOBBELT: 'Registrert to ganger',
};
