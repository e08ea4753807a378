import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { Tilmeldingskode } from '../youth/statusEvent.ts';
import type { OtStatus } from '../youth/youthEvent.ts';
import type { Line } from './register.ts';

/** A youth's registration as it was at a moment. */
export interface RegistrationState {
  tilmeldingskode: Tilmeldingskode | null;
  effective: IsoDate | null;
  status: OtStatus;
  /** Version of the change that set it. */
  version: number;
}

/** A registration as known at `cutoff`, on the date `on`. */
export interface AsOf {
  on: IsoDate;
  cutoff: IsoInstant;
}

/**
 * The registration on a date, as known at the cut-off; null when it was not there, was taken back, or is announced for a
 * later date. Of its statuses the last one that holds on the date.
 * @throws when it has no status (R01): it would be in one table and not in the other.
 */
export function registrationAt(line: Line, { on, cutoff }: AsOf): RegistrationState | null {
  let open = false;
  let version = 0;
  let tilmeldingskode: Tilmeldingskode | null = null;
  let effective: IsoDate | null = null;
  let status: OtStatus | null = null;
  for (const change of line.changes) {
    if (change.recorded > cutoff) continue;
    ({ open, version, tilmeldingskode } = change);
    effective = change.effective ?? effective;
    if (change.status !== null && (status === null || change.status.effective <= on)) status = change.status;
  }
  if (!open || (effective !== null && effective > on)) return null;
  if (status === null) throw new Error('the tables do not cross-foot: a registration without a status');
  return { tilmeldingskode, effective, status, version };
}

/** Every status the registration has had until the date, as known at the cut-off, also of one taken back. The first one
 *  holds from the registration's own date, also where an adviser set it for a later day (`registrationAt`). */
export function statusesUntil(line: Line, asOf: AsOf): OtStatus[] {
  const { on, cutoff } = asOf;
  const had = line.changes.flatMap(({ recorded, status }) =>
    status !== null && recorded <= cutoff && status.effective <= on ? [status] : [],
  );
  const now = registrationAt(line, asOf);
  return now === null || had.includes(now.status) ? had : [now.status, ...had];
}
