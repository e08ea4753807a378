import type { IsoDate, IsoInstant } from '../date.ts';
import type { Tilmeldingskode } from '../statusEvent.ts';
import type { OtStatus } from '../youthEvent.ts';
import type { Line } from './register.ts';

/** A youth's registration as it stood at a moment. */
export interface Standing {
  tilmeldingskode: Tilmeldingskode | null;
  effective: IsoDate | null;
  status: OtStatus;
  /** Version of the change that set it. */
  version: number;
}

/**
 * The registration as known at `moment`; null when it was not there, or taken back. Feeds run at their own pace, so a
 * record of before that moment may have been decided upon one of after it: what only the later one says is left out,
 * save the status, for a registration has one (R01).
 * @throws when there is none: the registration would be in one table and not in the other.
 */
export function standingAt(line: Line, moment: IsoInstant): Standing | null {
  let open = false;
  let version = 0;
  let tilmeldingskode: Tilmeldingskode | null = null;
  let effective: IsoDate | null = null;
  let status: OtStatus | null = null;
  let later: OtStatus | null = null;
  for (const change of line.changes) {
    if (change.recorded > moment) {
      if (!open) later = change.status ?? later;
      continue;
    }
    ({ open, version, tilmeldingskode } = change);
    effective = change.effective ?? effective;
    status = change.status ?? status;
  }
  if (!open) return null;
  status ??= later;
  if (status === null) throw new Error('the tables do not cross-foot: a registration without a status');
  return { tilmeldingskode, effective, status, version };
}

/** Every status the registration has had, as known at `moment`, whatever became of it. */
export function statusesUntil(line: Line, moment: IsoInstant): OtStatus[] {
  const had = line.changes.flatMap(({ recorded, status }) =>
    status !== null && recorded <= moment ? [status] : [],
  );
  // The one it stands with has been had, also when only a later moment says it.
  const now = standingAt(line, moment);
  return now === null || had.includes(now.status) ? had : [...had, now.status];
}
