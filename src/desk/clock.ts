import type { Organisation } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
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
    throw new DeskRefusal(
      'REAL_CLOCK',
      'Bare en eksempel- eller prøveorganisasjon har en klokke som kan stilles.',
    );
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
