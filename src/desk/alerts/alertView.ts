import { alertIdOf } from '../../core/messages/alertId.ts';
import { CATEGORY_OUT, type CategoryOut } from '../../core/messages/outCodes.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { placeIn, type Share } from '../../core/protection/share.ts';
import { priorityOf } from '../../core/rules/followUp.ts';
import { informsGuardians } from '../../core/rules/list.ts';
import { RULES } from '../../core/rules/rules.ts';
import type { AlertProgress, ProgressOf } from '../../core/worklist/alertProgress.ts';
import type { AlertState } from '../../core/worklist/alertState.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { Alert, AlertKind, Deadline } from '../../core/youth/youthEvent.ts';

/** An alert as it is shown: in lists, with its youth, and in the history. */
export interface AlertView {
  /** The same in the topic alert (`alertId`): no two alerts share it. */
  id: string;
  kind: AlertKind;
  category: CategoryOut;
  state: AlertState;
  schoolYear: string;
  /** Null as `owner`. */
  county: string | null;
  rule: string;
  /** Why, in a sentence; null for a rule this program does not know. */
  reason: string | null;
  ruleSource: string | null;
  /** The OT unit in charge; null where the youth's whereabouts are hidden. */
  owner: string | null;
  proposed: string[];
  /** What is proposed for viaOT, where the code does not say it; null: nothing. */
  viaOt: Alert['viaOt'];
  minor: Alert['minor'];
  /** Whether it is a reason to inform the guardians. */
  guardians: Alert['minor'];
  timeBand: Alert['timeBand'];
  priority: 'HOY' | 'VANLIG';
  /** Keys of the facts it is about, as in the history. */
  evidence: string[];
  deadlines: { what: Deadline['what']; date: string; rule: string }[];
  effective: string;
  feed: Feed;
  lostRight: boolean;
  /** County the youth lives in now (handover); null also as `owner`. */
  toCounty: string | null;
  /** A receiver took a call about it; first opened, and first handled, where it was received. */
  delivered: string | null;
  opened: string | null;
  handled: string | null;
}

/** Field by field, so that a field added to the core's alert is not published by itself. NAV's office is left out:
 *  an alert stays in the history after the consents to disclose it are withdrawn. */
export function alertView(
  ref: PersonRef,
  alert: Alert,
  { state, share, masked, progress }: ShownAlert,
): AlertView {
  const view = { ...viewOf(ref, alert, state, share), ...progress(ref, alert.id) };
  return masked ? { ...view, ...MASKED } : view;
}

interface ShownAlert {
  state: AlertState;
  share: Share;
  masked: boolean;
  progress: ProgressOf;
}

/** What an alert says of a person's life and whereabouts; what it is and when is left. */
const MASKED = {
  county: null,
  owner: null,
  proposed: [],
  viaOt: null,
  minor: 'UKJENT',
  guardians: 'UKJENT',
  evidence: [],
  lostRight: false,
  toCounty: null,
} as const satisfies Partial<AlertView>;

function viewOf(
  ref: PersonRef,
  alert: Alert,
  state: AlertState,
  share: Share,
): Omit<AlertView, keyof AlertProgress> {
  return {
    id: alertIdOf(alert, ref),
    kind: alert.kind,
    category: CATEGORY_OUT[alert.category],
    state,
    schoolYear: alert.schoolYear,
    county: placeIn(share, alert.county),
    ...ruleView(alert.rule),
    owner: placeIn(share, alert.owner),
    proposed: alert.proposed,
    viaOt: alert.viaOt,
    minor: alert.minor,
    guardians: informsGuardians(alert),
    timeBand: alert.timeBand,
    priority: priorityOf(alert),
    evidence: [...alert.evidence],
    deadlines: alert.deadlines.map(({ what, date, rule }) => ({ what, date, rule })),
    effective: alert.effective,
    feed: alert.feed,
    lostRight: alert.lostRight,
    toCounty: placeIn(share, alert.toCounty),
  };
}

/** A rule's id with the sentence that says why. */
export function ruleView(id: string) {
  const rule = RULE_BY_ID.get(id);
  return { rule: id, reason: rule?.text ?? null, ruleSource: rule?.source ?? null };
}

/** A rule of an earlier version of the program may be gone; its decisions are still shown. */
const RULE_BY_ID = new Map<string, (typeof RULES)[number]>(RULES.map((rule) => [rule.id, rule]));
