import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';
import type { Move } from './flow.ts';
import type { DateIndex, MainGroup } from './target.ts';

// Assumptions where the published tables are silent: how many registrations are annulled, re-coded or change group
// between two reports. The margins of the tables give the rest.

export interface Period {
  /** Registrations of the previous period that are annulled in this one, before contact. */
  annulled: Partial<Record<Tilmeldingskode, number>>;
  /** Tilmeldinger that an adviser re-codes in this period. */
  recoded: readonly Move<Tilmeldingskode>[];
  /** Main groups of those who are new in this period; null: as in the table (the first period). */
  newcomers: Readonly<Record<MainGroup, number>> | null;
  /** Changes of group that the margins do not force. No return to group 1: OTUK means that contact was never made. */
  moves: readonly Move<MainGroup>[];
}

export const PERIODS: Readonly<Record<DateIndex, Period>> = {
  0: { annulled: {}, recoded: [], newcomers: null, moves: [] },
  1: {
    annulled: { TAKKET_NEI: 3, AVBRUTT: 4 },
    recoded: [
      { from: 'TAKKET_NEI', to: 'ANDRE_GRUNNER', count: 9 },
      { from: 'TAKKET_NEI', to: 'IKKE_SOKT', count: 4 },
      { from: 'IKKE_SOKT', to: 'ANDRE_GRUNNER', count: 7 },
    ],
    newcomers: { '1': 22, '2': 60, '3': 40, '4': 13, '5': 66 },
    moves: [
      { from: '1', to: '2', count: 12 },
      { from: '1', to: '3', count: 6 },
      { from: '1', to: '4', count: 3 },
      { from: '2', to: '3', count: 88 },
      { from: '2', to: '4', count: 20 },
      { from: '2', to: '5', count: 9 },
      { from: '3', to: '2', count: 24 },
      { from: '4', to: '2', count: 5 },
      { from: '5', to: '2', count: 9 },
    ],
  },
  2: {
    annulled: { TAKKET_NEI: 3, AVBRUTT: 3 },
    recoded: [
      { from: 'TAKKET_NEI', to: 'ANDRE_GRUNNER', count: 13 },
      { from: 'TAKKET_NEI', to: 'IKKE_SOKT', count: 6 },
      { from: 'IKKE_SOKT', to: 'ANDRE_GRUNNER', count: 5 },
    ],
    newcomers: { '1': 17, '2': 72, '3': 50, '4': 12, '5': 90 },
    moves: [
      { from: '1', to: '2', count: 10 },
      { from: '1', to: '3', count: 6 },
      { from: '2', to: '3', count: 92 },
      { from: '2', to: '4', count: 12 },
      { from: '2', to: '5', count: 14 },
      { from: '3', to: '2', count: 35 },
      { from: '4', to: '3', count: 10 },
      { from: '5', to: '2', count: 14 },
    ],
  },
};
