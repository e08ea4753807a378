import { lookupStatus } from '../../core/codelists/otStatus.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Policy } from '../../core/policy.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { type AlertState, standingState } from '../../core/worklist/alertState.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import { conclude, decide } from '../../core/youth/decide.ts';
import { fold } from '../../core/youth/evolve.ts';
import type { StatusEvent } from '../../core/youth/statusEvent.ts';
import { evidenceKey, type Youth } from '../../core/youth/youth.ts';
import type { Alert, Fact, YouthEvent } from '../../core/youth/youthEvent.ts';

// What would be otherwise, decided by the same rules as everything else: no table says what ends an alert.

/** A youth as it is known, and the moment that is asked about. */
export interface World {
  ref: PersonRef;
  youth: Youth;
  policy: Policy;
  now: IsoInstant;
}

/** What would have become of one alert, and all that would differ from what is known. */
export interface Alternative {
  state: AlertState;
  events: readonly YouthEvent[];
}

/** Decided again without one message, and without what took it back. Undefined: the youth has no such fact.
 *  @param evidence as of `evidenceKey` */
export function without(world: World, alert: Pick<Alert, 'id'>, evidence: string): Alternative | undefined {
  const { youth, now, policy } = world;
  const left = youth.facts.find((fact) => evidenceKey(fact) === evidence);
  if (left === undefined) return undefined;
  const facts = youth.facts.filter((fact) => fact !== left && !takesBack(fact, left));
  const at = youth.asOf ?? now;
  const rest: Youth = { ...youth, facts };
  const context = { now: at, today: osloDate(at), policy };
  const events = conclude([{ type: 'TimePassed', at }], 'Annulled', rest, context);
  return { state: stateIn(world, fold(rest, events), alert), events };
}

function takesBack(fact: Fact, taken: Fact): boolean {
  return fact.kind === 'Annulled' && fact.source === taken.source && fact.annuls === taken.id;
}

/** Something that would end an alert that is open. */
export type Ending =
  /** OT reaches the youth. */
  | { how: 'CONTACT' }
  /** An adviser sets the status; `contact`: which is not allowed before the youth has been reached. */
  | { how: 'STATUS'; code: string; contact: boolean }
  /** No one does anything, and it ends on the day. */
  | { how: 'TIME'; on: IsoDate };

/** Each is tried alone; what would change nothing is left out. */
export function endingsOf(world: World, alert: Alert): Ending[] {
  const ends = (youth: Youth) => stateIn(world, youth, alert) !== 'open';
  const endings: Ending[] = [];
  const reached = after(world, world.youth, contactAt(world));
  if (ends(reached)) endings.push({ how: 'CONTACT' });
  for (const code of codesToTry(world, alert)) {
    const status = statusAt(world, alert, code);
    if (status === undefined) continue;
    if (ends(after(world, world.youth, status))) endings.push({ how: 'STATUS', code, contact: false });
    else if (!ends(reached) && ends(after(world, reached, status)))
      endings.push({ how: 'STATUS', code, contact: true });
  }
  const on = endedByTime(world, ends);
  if (on !== null) endings.push({ how: 'TIME', on });
  return endings;
}

/** Followed up by OT: what an adviser sets who knows of nothing else. */
const FOLLOWED = 'OTOV';

function codesToTry({ youth }: World, alert: Alert): string[] {
  if (alert.proposed.length > 0) return alert.proposed;
  const { schoolYear, county } = alert;
  const now = youth.registrations.find((each) => each.schoolYear === schoolYear && each.county === county);
  return [...new Set([FOLLOWED, ...(now === undefined ? [] : [now.status.code])])];
}

function after({ now, policy }: World, youth: Youth, event: StatusEvent): Youth {
  return fold(youth, decide(event, youth, { now, today: osloDate(now), policy }));
}

function headAt({ now, policy }: World, id: string) {
  const head = { feed: 'ot-adviser' as const, source: 'ot:konsoll', id, version: 1, reported: null };
  return { ...head, effective: osloDate(now), county: policy.county, born: null, nameTag: null };
}

function contactAt(world: World): StatusEvent {
  const attempt = { channel: 'TELEFON', answered: true, answeredBy: 'UNGDOM' } as const;
  return { ...headAt(world, 'tenkt-kontakt'), kind: 'ContactAttempt', ...attempt };
}

/** Codes that ask whether OT arranged it; where it did not, there is another code. */
const ASKED: ReadonlySet<string> = new Set(['OTAR', 'OTEV', 'OTVF', 'OTLL']);

function statusAt(world: World, { schoolYear }: Alert, code: string): StatusEvent | undefined {
  const head = headAt(world, 'tenkt-status');
  const found = lookupStatus(code, head.effective, world.policy.activations);
  if (!found.ok || found.passive) return undefined;
  const viaOt = found.viaOt ?? (ASKED.has(found.code) ? 'JA' : 'UKJENT');
  const status = { schoolYear, code: found.code, list: found.list, viaOt, override: null, unit: null };
  return { ...head, kind: 'AdviserStatus', ...status, grounds: [] };
}

/** So far ahead the answer is of use, and so often a youth falls due in it at most. */
const DAYS_AHEAD = 400;
const MOST_TURNS = 60;

function endedByTime({ youth, now, policy }: World, ends: (youth: Youth) => boolean): IsoDate | null {
  const last = daysAfter(osloDate(now), DAYS_AHEAD);
  let then = youth;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { due: at } = then;
    if (at === null || osloDate(at) > last) return null;
    const context = { now: at, today: osloDate(at), policy };
    then = fold(then, conclude([{ type: 'TimePassed', at }], 'Due', then, context));
    if (ends(then)) return osloDate(at);
  }
  return null;
}

function stateIn({ ref, policy }: World, youth: Youth, { id }: Pick<Alert, 'id'>): AlertState {
  const alert = youth.alerts.find((each) => each.id === id);
  return alert === undefined ? 'withdrawn' : standingState(caseOf(ref, youth, policy), alert);
}
