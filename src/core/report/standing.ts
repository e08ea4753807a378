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
 * The registration as known at `moment`; null when it was not there, or taken back.
 * @throws when it has no status (R01): it would be in one table and not in the other.
 */
export function standingAt(line: Line, moment: IsoInstant): Standing | null {
  let open = false;
  let version = 0;
  let tilmeldingskode: Tilmeldingskode | null = null;
  let effective: IsoDate | null = null;
  let status: OtStatus | null = null;
  for (const change of line.changes) {
    if (change.recorded > moment) continue;
    ({ open, version, tilmeldingskode } = change);
    effective = change.effective ?? effective;
    status = change.status ?? status;
  }
  if (!open) return null;
  if (status === null) throw new Error('the tables do not cross-foot: a registration without a status');
  return { tilmeldingskode, effective, status, version };
}

/** Every status the registration has had, as known at `moment`, whatever became of it. */
export function statusesUntil(line: Line, moment: IsoInstant): OtStatus[] {
  return line.changes.flatMap(({ recorded, status }) =>
    status !== null && recorded <= moment ? [status] : [],
  );
}
