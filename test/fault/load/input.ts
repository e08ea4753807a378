import type { ConsentState, Feed } from '../../../src/core/youth/statusEvent.ts';

/** How a source names its event: what one effect belongs to. */
export interface SourceEvent {
  source: string;
  id: string;
  version: number;
}

/** What a consent record says, for the checker's own judgement. */
export interface SentConsent {
  side: 'A' | 'B';
  party: 'UNGDOM' | 'FORESATT';
  state: ConsentState;
  at: string;
  validTo: string | null;
  guardians?: 1 | 2;
}

/** One input as its sender knows it. Re-sends are the same input again, byte by byte. */
export interface Input {
  n: number;
  feed: Feed;
  /** Index of the person; null for a manifest and for what concerns no person. */
  person: number | null;
  value: string;
  /**
   * - `event`: one effect.
   * - `answer`, `manifest`: of a NAV batch, held until it is complete.
   * - `broken`: must be quarantined.
   */
  kind: 'event' | 'answer' | 'manifest' | 'broken';
  event?: SourceEvent;
  consent?: SentConsent;
  answer?: { batch: string; month: string };
}

export type Step =
  | { do: 'send'; input: Input; again: boolean }
  /** Wait until everything sent so far is decided, and complete lists are concluded. */
  | { do: 'settle' }
  /** Have the list made, and fetch it as NAV. `fetched` is given the match ids by identity number. */
  | { do: 'ask'; list: string; fetched(rows: ReadonlyMap<string, string>): void };
