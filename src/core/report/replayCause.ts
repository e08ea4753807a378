import type { Context } from '../policy.ts';
import type { IsoInstant } from '../time/date.ts';
import { conclude, decideAgain } from '../youth/decide.ts';
import { uniteFacts } from '../youth/uniteFacts.ts';
import type { Youth } from '../youth/youth.ts';
import type { Fact, YouthEvent } from '../youth/youthEvent.ts';
import type { RecordedEvents } from './register.ts';

export type Decide = (youth: Youth, context: Context) => YouthEvent[];

/** What a record reported, without what followed from it. */
export interface ReplayCause {
  at: IsoInstant;
  decide: Decide;
}

/** None for a clock's record: time passes by itself. */
export function replayCauses({ recorded: at, events }: RecordedEvents): ReplayCause[] {
  const left = events.find((event) => event.type === 'MergedInto');
  if (left !== undefined) return [{ at, decide: (youth) => leaving(youth, events) }];
  const facts = events.flatMap((event) => (event.type === 'FactRecorded' ? [event.fact] : []));
  const [fact] = facts;
  if (facts.length > 1) {
    const later = facts.filter(({ received }) => received > at);
    const then = facts.filter(({ received }) => received <= at);
    return [
      { at, decide: (youth, context) => uniting(youth, then, context) },
      ...later.map((each) => ({
        at: each.received,
        decide: (youth: Youth, context: Context) => uniting(youth, [each], context),
      })),
    ];
  }
  if (fact !== undefined) return [{ at, decide: (youth, context) => decideAgain(fact, youth, context) }];
  return events.flatMap((event) => {
    // A version whose content was not kept is left out: what it would have led to is unknown.
    if (event.type !== 'VersionNoted' || event.fact === null) return [];
    const noted = event.fact;
    return [{ at, decide: (youth: Youth, context: Context) => decideAgain(noted, youth, context) }];
  });
}

/** Facts that a merge copied from the other youth. */
function uniting(youth: Youth, brought: readonly Fact[], context: Context): YouthEvent[] {
  const known = new Set(youth.facts);
  const recorded: YouthEvent[] = [];
  for (const fact of uniteFacts(youth.facts, brought))
    if (!known.has(fact)) recorded.push({ type: 'FactRecorded', fact });
  return recorded.length === 0 ? [] : conclude(recorded, 'Renumbered', youth, context);
}

/** The end of an absorbed reference, by the state of the youth in this replay. */
function leaving(youth: Youth, events: readonly YouthEvent[]): YouthEvent[] {
  const ended: YouthEvent[] = [];
  for (const event of events) {
    if (event.type === 'FactRecorded' || event.type === 'ProtectionChanged') ended.push(event);
    if (event.type !== 'MergedInto') continue;
    const { rule } = event;
    for (const { schoolYear, county } of youth.registrations)
      ended.push({ type: 'TilmeldingAnnulled', schoolYear, county, rule });
    for (const alert of youth.alerts)
      ended.push({ type: 'AlertWithdrawn', alert: { ...alert, office: null }, rule });
    if (youth.due !== null) ended.push({ type: 'DueMoved', due: null });
    ended.push(event);
  }
  return ended;
}
