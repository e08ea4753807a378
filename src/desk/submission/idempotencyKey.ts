import type { Vault } from '../../store/vault.ts';
import { DeskRefusal } from '../refusal.ts';

/** The key as it is kept: a keyed hash, for a sender may put a person in it.
 *  @throws DeskRefusal INVALID_IDEMPOTENCY_KEY */
export function hashedKey(vault: Vault, key: string | null): string | null {
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DeskRefusal(
      'INVALID_IDEMPOTENCY_KEY',
      'Idempotency-Key må være 1–200 synlige tegn uten mellomrom, helst en ny UUID for hver innsending.',
    );
  }
  return vault.digest('idempotency-key', key).toString('hex');
}
