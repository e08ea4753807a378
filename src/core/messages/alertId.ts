import { type PersonRef, personRef } from '../person/reference.ts';
import { UUID } from '../uuid.ts';

// An alert's id outside: globally unique, so that a receiver that drops repeats by it loses no alert. Inside a youth the
// cause's digest is enough.

const CAUSE = /^[0-9a-f]{16}$/;

export function alertIdOf({ id }: { id: string }, ref: PersonRef): string {
  return `${id}-${ref}`;
}

/** Undefined when it is not an alert's id. */
export function partsOfAlertId(alertId: string): { cause: string; ref: PersonRef } | undefined {
  const [cause, ref] = [alertId.slice(0, 16), alertId.slice(17)];
  return alertId[16] === '-' && CAUSE.test(cause) && UUID.test(ref)
    ? { cause, ref: personRef(ref) }
    : undefined;
}
