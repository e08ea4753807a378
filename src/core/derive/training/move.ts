import type { Policy } from '../../policy.ts';
import {
  lastLeavingCounts,
  listedAfterLeaving,
  lostRightIsNoMove,
  olderStartAsks,
  startAfterLeaving,
  twoPlaces,
} from '../../rules/move.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import { trainingWinsTheDay } from '../../rules/tilmelding.ts';
import { daysAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import type { End, Ledger, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import { listedAfter } from './listed.ts';
import { began, isOpen, saysNeverBegan, toldEndOf } from './placeEnd.ts';

/** Training elsewhere that a dropout is compared with. */
export interface Move {
  start: Start;
  /** Why it is no dropout, or why an adviser is asked. */
  rule: RuleId;
}

/** Is the only reason that an older start has no end? Then an adviser decides (M06). */
export function isAsked(move: Move): boolean {
  return move.rule === olderStartAsks.id;
}

/** Does it overrule a dropout by itself? A question that an adviser has answered does not. */
export function isCertain(move: Move | null): move is Move {
  return move !== null && !isAsked(move);
}

/** What makes an end a move or a question, by the first rule that applies; null when it is a dropout. Of several starts
 *  the one that was known first, because what OT did before that was done in good faith. */
export function moveFrom(ledger: Ledger, end: End, policy: Policy): Move | null {
  if (ledger.starts.length === 0 || lostRightIsNoMove.applies(end.fact)) return null;
  return beginsAfter(ledger, end, policy) ?? goesOnElsewhere(ledger, end, policy);
}

function beginsAfter(ledger: Ledger, { fact }: End, { sameMoveDays }: Policy): Move | null {
  const left = fact.effective;
  const last = daysAfter(left, sameMoveDays);
  let first: Start | null = null;
  for (const start of ledger.starts) {
    if (!startAfterLeaving.applies({ left, started: start.from, last }) || !began(ledger, start)) continue;
    if (first === null || knownLater(first.fact, start.fact)) first = start;
  }
  if (first === null) return null;
  // A contract that takes over from another firm's on the day is reported as such; all else on one day is reviewed.
  const takesOver =
    first.training === 'apprenticeship' &&
    fact.training === 'apprenticeship' &&
    first.institution !== fact.institution;
  const sameDay = !takesOver && trainingWinsTheDay.applies({ ended: left, started: first.from });
  return { start: first, rule: sameDay ? trainingWinsTheDay.id : startAfterLeaving.id };
}

/** Rules on what began before, in order of precedence. */
const GROUNDS: readonly RuleId[] = [
  twoPlaces.id,
  listedAfterLeaving.id,
  lastLeavingCounts.id,
  olderStartAsks.id,
];

function goesOnElsewhere(ledger: Ledger, end: End, policy: Policy): Move | null {
  let best: Move | null = null;
  for (const start of ledger.starts) {
    const rule = groundIn(ledger, end, start, policy);
    if (rule === null) continue;
    const move = { start, rule };
    if (best === null || goesBefore(move, best)) best = move;
  }
  return best;
}

function goesBefore(one: Move, other: Move): boolean {
  const [place, otherPlace] = [GROUNDS.indexOf(one.rule), GROUNDS.indexOf(other.rule)];
  return place === otherPlace ? knownLater(other.start.fact, one.start.fact) : place < otherPlace;
}

function groundIn(ledger: Ledger, { fact }: End, start: Start, policy: Policy): RuleId | null {
  const left = fact.effective;
  if (start.institution === fact.institution) return null;
  if (!olderStartAsks.applies({ left, started: start.from }) || !began(ledger, start)) return null;
  const open = isOpen(ledger, start, left);
  const other = mainSchoolAt(ledger, fact.institution, left);
  if (open && twoPlaces.applies({ one: start.mainSchool, other })) return twoPlaces.id;
  const told = toldEndOf(ledger, start);
  if ((told === null || told > left) && listedAfter(ledger, start, left, policy))
    return listedAfterLeaving.id;
  if (!open) return null;
  return isLeftLater(ledger, start, left) ? lastLeavingCounts.id : olderStartAsks.id;
}

/** The school's latest answer for the place there; null without one. */
export function mainSchoolAt({ starts }: Ledger, institution: string, on: IsoDate): boolean | null {
  let said: Start | null = null;
  for (const start of starts) {
    if (start.institution !== institution || start.from > on || start.mainSchool === null) continue;
    if (said === null || start.from > said.from || knownLater(start.fact, said.fact)) said = start;
  }
  return said?.mainSchool ?? null;
}

function isLeftLater({ ends }: Ledger, { institution }: Start, left: IsoDate): boolean {
  return ends.some(
    (end) =>
      end.annulledBy === null &&
      end.leaving.ends &&
      end.consequence !== 'none' &&
      end.fact.institution === institution &&
      !saysNeverBegan(end) &&
      lastLeavingCounts.applies({ left, leftOther: end.fact.effective }),
  );
}
