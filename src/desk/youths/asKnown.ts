import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { replay } from '../../core/report/replay.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { NO_PROGRESS } from '../../core/worklist/alertProgress.ts';
import { fold } from '../../core/youth/evolve.ts';
import { UNKNOWN_YOUTH } from '../../core/youth/youth.ts';
import type { DeskParts } from '../parts.ts';
import { type HistoryEntry, historyView } from './historyView.ts';
import { outcomesOf, unknownYouth } from './youths.ts';
import { type YouthView, youthView } from './youthView.ts';

/** A youth as it was known at a moment: what had come by then, and what followed from it. */
export interface KnownThen {
  /** Null: nothing was known of the youth yet. What NAV said, and the consents, are shown as they are now and never as they
   *  were: what may be shown of them can have been taken back since. */
  youth: Pick<YouthView, 'registrations' | 'alerts'> | null;
  /** Oldest first. */
  entries: HistoryEntry[];
}

/** @param at what came later is left out @throws DeskRefusal UNKNOWN_YOUTH */
export async function youthAsKnown(
  parts: Pick<DeskParts, 'queries' | 'policyOf'>,
  { id: org }: Organisation,
  { ref, masked, at }: { ref: PersonRef; masked: boolean; at: IsoInstant },
): Promise<KnownThen> {
  const loaded = await parts.queries.youth(org, ref);
  if (loaded === undefined) throw unknownYouth();
  const policy = parts.policyOf(org);
  const records = (await parts.queries.history(org, loaded.ref)).filter(({ recorded }) => recorded <= at);
  if (records.length === 0) return { youth: null, entries: [] };
  // In the order of their moments, whichever lane was read first.
  const then = replay(records, { policy, until: at }).reduce(
    (youth, { events }) => fold(youth, events),
    UNKNOWN_YOUTH,
  );
  const known = {
    ref: loaded.ref,
    version: records.length,
    parked: false,
    mergedInto: null,
    last: null,
    tail: 0,
    youth: then,
  };
  const shown = youthView(known, policy, { masked, progress: () => NO_PROGRESS, at, agreements: [] });
  const { registrations, alerts } = shown;
  const entries = historyView(records, outcomesOf(known, policy), masked);
  return { youth: { registrations, alerts }, entries };
}
