import type { Organisation } from '../core/organisation.ts';
import { REFUSAL } from '../core/sentences/refusals.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { AlertKind } from '../core/youth/youthEvent.ts';
import { alertPage } from './alerts/alerts.ts';
import type { DeskParts } from './parts.ts';
import { DeskRefusal } from './refusal.ts';

/** Moves a virtual clock forward; what falls due on the way happens. Resolves with the clock's new time.
 *  @throws DeskRefusal REAL_CLOCK, CLOCK_BACKWARDS */
export async function moveVirtualClock(
  parts: Pick<DeskParts, 'operations' | 'moveClock' | 'log'>,
  { id: org, virtualClock }: Organisation,
  wanted: IsoInstant,
): Promise<IsoInstant> {
  if (!virtualClock) {
    throw new DeskRefusal('REAL_CLOCK', REFUSAL.nb.realClock);
  }
  const current = await parts.operations.virtualNow(org);
  if (current !== null && wanted < current) {
    throw new DeskRefusal(
      'CLOCK_BACKWARDS',
      `Klokken står på ${current} og kan bare stilles fram: det som er avgjort, er avgjort.`,
    );
  }
  const now = await parts.moveClock(org, wanted);
  parts.log({ event: 'clockMoved', org, now });
  return now;
}

/** More than this are not counted before a move, nor alerts after it. */
const MOST_COUNTED = 1_000;

/** How many youths have something due on the way to a moment. @returns `more`: there are more than were counted */
export async function clockPreview(
  { operations }: Pick<DeskParts, 'operations'>,
  { id: org }: Organisation,
  until: IsoInstant,
): Promise<{ due: number; more: boolean }> {
  const due = await operations.due(org, until, MOST_COUNTED + 1);
  return { due: Math.min(due.length, MOST_COUNTED), more: due.length > MOST_COUNTED };
}

export interface RaisedCount {
  count: number;
  more: boolean;
  /** The most frequent first. */
  kinds: { kind: AlertKind; count: number }[];
}

/** Alerts that were raised after a moment, by kind and without whom they are about. */
export async function raisedSince(
  parts: Pick<DeskParts, 'queries' | 'policyOf' | 'operations' | 'now'>,
  organisation: Organisation,
  from: IsoInstant,
): Promise<RaisedCount> {
  const { alerts, next } = await alertPage(parts, organisation, { limit: MOST_COUNTED, masked: true });
  const since = alerts.filter(({ recorded }) => recorded > from);
  const kinds = [...Map.groupBy(since, ({ alert }) => alert.kind)].map(([kind, some]) => ({
    kind,
    count: some.length,
  }));
  return {
    count: since.length,
    more: next !== null && since.length === alerts.length,
    kinds: kinds.sort((one, other) => other.count - one.count),
  };
}
