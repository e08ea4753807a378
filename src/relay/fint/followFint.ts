import { type FintStanding, fintStanding } from '../../core/fint/standing.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { type SchoolYear, schoolYearOf, yearBefore } from '../../core/time/schoolYear.ts';
import type { FintProjection } from '../../store/fintPort.ts';
import type { LoadedYouth } from '../../store/port.ts';

/** Youths and events looked at in one step: some hundredths of a second, and then others get their turn. */
const STEP = 500;

/**
 * Brings FINT's view up to what is committed now.
 * @param today by the organisation's clock
 * @param most steps; a county that is looked at for the first time takes some dozens
 * @returns false when there is more to do
 */
export async function followFint(
  projection: Pick<FintProjection, 'projectFint'>,
  organisation: Organisation,
  { today, now, most }: { today: IsoDate; now(): number; most: number },
): Promise<boolean> {
  const schoolYear = schoolYearOf(today);
  for (let step = 0; step < most; step++) {
    const more = await projection.projectFint(organisation.id, {
      schoolYear,
      now: now(),
      limit: STEP,
      standingOf: (youth) => standingOf(youth, organisation, schoolYear),
    });
    if (!more) return true;
  }
  return false;
}

/** A youth that cannot be read is not in FINT: its address may be protected. */
export function standingOf(
  loaded: LoadedYouth,
  { county }: Organisation,
  schoolYear: SchoolYear,
): FintStanding | null {
  try {
    return loaded.mergedInto === null
      ? fintStanding(loaded.youth, { county, from: yearBefore(schoolYear) })
      : null;
  } catch {
    return null;
  }
}
