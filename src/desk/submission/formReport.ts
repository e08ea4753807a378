import type { Vault } from '../../store/vault.ts';
import { hashedKey } from './idempotencyKey.ts';

// One report that a person fills in. Its form, its receipt and its event share an id: what was sent once has one receipt, and
// a correction can name it.

/** The idempotency key of the form with this id, as a receipt keeps it. */
export function formKey(vault: Vault, id: string): string | null {
  return hashedKey(vault, `skjema-${id}`);
}

/** The id of its event, where the feed wants one of the sender. @param receipt also of the form */
export function formEventId(receipt: string): string {
  return `skjema-${receipt}`;
}
