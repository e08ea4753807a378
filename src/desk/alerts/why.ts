import { partsOfAlertId } from '../../core/messages/alertId.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type AlertState, unmetDeadlines } from '../../core/worklist/alertState.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import type { YouthEvent } from '../../core/youth/youthEvent.ts';
import type { StoredRecord } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import { type DryRunEffect, effectsOf } from '../dryRun/dryRunEffect.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import type { AskedAlert } from '../subscriptions/names.ts';
import type { HistoryEntry } from '../youths/historyView.ts';
import { youthHistory } from '../youths/youths.ts';
import { alertNamed } from './alerts.ts';
import { type AlertView, ruleView } from './alertView.ts';
import { type Ending, endingsOf, type World, without } from './alternatives.ts';
import type { RaisedAlert } from './raisedView.ts';

type Parts = Pick<DeskParts, 'queries' | 'policyOf' | 'operations' | 'now'>;

/** A message that an alert rests on. */
export interface SourceView {
  entry: HistoryEntry;
  /** How many versions of it have come. */
  versions: number;
  /** What would be otherwise had it not come; null where that can no longer be decided. */
  without: { state: AlertState; effects: DryRunEffect[] } | null;
}

/** Why an alert was raised, and what ends it. */
export interface WhyView extends RaisedAlert {
  deadlines: (AlertView['deadlines'][number] & { reason: string | null; met: boolean })[];
  /** None where personal data are masked. */
  sources: SourceView[];
  /** Of an open alert; null where that is not known. */
  endings: Ending[] | null;
  /** Of one that was withdrawn: when, by which rule, and who reported what led to it. */
  ended: { recorded: string; rule: string; reason: string | null; source: string | null } | null;
}

/** @param asked undefined: by a text that is no alert's id @throws DeskRefusal UNKNOWN_ALERT */
export async function whyAlert(
  parts: Parts,
  organisation: Organisation,
  { asked, masked }: { asked: AskedAlert | undefined; masked: boolean },
): Promise<WhyView> {
  const raised = await alertNamed(parts, organisation, { asked, masked });
  const bare = raised.alert.deadlines.map((each) => ({ ...each, reason: ruleView(each.rule).reason }));
  const named = partsOfAlertId(raised.alert.id);
  const open = (met: boolean) => bare.map((each) => ({ ...each, met }));
  if (named === undefined || masked)
    return {
      ...raised,
      deadlines: open(raised.alert.state !== 'open'),
      sources: [],
      endings: null,
      ended: null,
    };
  const { id: org } = organisation;
  const { ref, cause } = named;
  const records = await parts.queries.history(org, ref);
  const entries = await youthHistory(parts, organisation, { ref, masked });
  const loaded = await parts.queries.youth(org, ref);
  const youth = loaded?.ref === ref ? readable(loaded) : undefined;
  const policy = parts.policyOf(org);
  const now = await nowOf(parts, organisation);
  const world: World | undefined = youth && { ref, youth, policy, now };
  const alert = youth?.alerts.find(({ id }) => id === cause);
  const unmet = world && alert ? unmetDeadlines(caseOf(ref, world.youth, policy), alert) : null;
  return {
    ...raised,
    deadlines: bare.map((each) => ({
      ...each,
      met: unmet === null ? raised.alert.state !== 'open' : !unmet.some(({ what }) => what === each.what),
    })),
    sources: sourcesOf(raised.alert.evidence, entries, world, cause),
    endings: world && alert && raised.alert.state === 'open' ? endingsOf(world, alert) : null,
    ended: raised.alert.state === 'withdrawn' ? endOf(records, cause) : null,
  };
}

function sourcesOf(
  evidence: readonly string[],
  entries: readonly HistoryEntry[],
  world: World | undefined,
  cause: string,
): SourceView[] {
  // What becomes of the alert itself is its state.
  const isOther = (event: YouthEvent) => !('alert' in event && event.alert.id === cause);
  return evidence.flatMap((key) => {
    const told = entries.filter(({ what, evidence: of }) => what === 'FactRecorded' && of === key);
    const entry = told.at(-1);
    if (entry === undefined) return [];
    const alternative = world && without(world, { id: cause }, key);
    const otherwise = alternative && {
      state: alternative.state,
      effects: effectsOf(alternative.events.filter(isOther)),
    };
    return [{ entry, versions: told.length, without: otherwise ?? null }];
  });
}

/** The record that withdrew it last. */
function endOf(records: readonly StoredRecord[], cause: string): WhyView['ended'] {
  for (const { recorded, events } of records.toReversed()) {
    const withdrawn = events.find((event) => event.type === 'AlertWithdrawn' && event.alert.id === cause);
    if (withdrawn?.type !== 'AlertWithdrawn') continue;
    const { rule, reason } = ruleView(withdrawn.rule);
    const told = events.find((event) => event.type === 'FactRecorded');
    return { recorded, rule, reason, source: told?.fact.source ?? null };
  }
  return null;
}
