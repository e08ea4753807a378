import type { Context } from '../policy.ts';
import type { IsoInstant } from '../time/date.ts';
import type { FactBody } from '../youth/statusEvent.ts';
import type { Fact, FactOf, YouthEvent } from '../youth/youthEvent.ts';
import { earlier } from './knownNumber.ts';
import type { NumberRef } from './reference.ts';

// The first time a person was known under a number. Nearly all persons keep one number, and then their facts give it. Where
// numbers have changed, all facts are in one set, and the changes keep it number by number: each moment can only become
// earlier, so the result does not depend on the order of reading.

type Seen = Extract<YouthEvent, { type: 'NumberSeen' }>;

/** Null when the record says nothing new of its number: in a live feed always, except once per changed number. */
export function numberSeen(
  kind: FactBody['kind'],
  facts: readonly Fact[],
  { numberRef, now }: Context,
): Seen | null {
  if (numberRef === undefined || !makesKnown(kind)) return null;
  for (const fact of facts) {
    if (fact.kind === 'Renumbered' && seesMore(fact, numberRef, now))
      return { type: 'NumberSeen', numberRef, since: now };
  }
  return null;
}

function seesMore({ numberRefs }: FactOf<'Renumbered'>, numberRef: NumberRef, now: IsoInstant): boolean {
  const known = numberRefs.find(({ ref }) => ref === numberRef);
  return known !== undefined && (known.since === null || now < known.since);
}

const NEVER_NEW: ReadonlySet<FactBody['kind']> = new Set([
  ...(['Renumbered', 'Absent', 'Present', 'NavAsked', 'NavMatch', 'NavRegister', 'Due'] as const),
]);

/** A renumbering creates no person by itself; the bridge's own conclusions and NAV's registers concern persons it already
 *  knows. */
function makesKnown(kind: FactBody['kind']): boolean {
  return !NEVER_NEW.has(kind);
}

export function withNumberSeen(facts: readonly Fact[], { numberRef, since }: Seen): Fact[] {
  return facts.map((fact) => {
    if (fact.kind !== 'Renumbered') return fact;
    const numberRefs = fact.numberRefs.map((known) =>
      known.ref === numberRef ? { ...known, since: earlier(known.since, since) } : known,
    );
    return { ...fact, numberRefs };
  });
}

/** @param numberRef of a number that leads to the youth with these facts. */
export function knownSince(facts: readonly Fact[], numberRef: NumberRef): IsoInstant | null {
  for (const fact of facts) {
    if (fact.kind !== 'Renumbered') continue;
    const known = fact.numberRefs.find(({ ref }) => ref === numberRef);
    if (known !== undefined) return known.since;
  }
  // No change mentions it, so all facts came under it.
  let since: IsoInstant | null = null;
  for (const { kind, firstReceived } of facts) if (makesKnown(kind)) since = earlier(since, firstReceived);
  return since;
}
