import { DeskRefusal } from '../../desk/refusal.ts';
import type { Vault } from '../../store/vault.ts';

/** The key as it is kept: keyed hash, because nobody can promise that a sender never puts a person in it.
 *  @throws DeskRefusal INVALID_IDEMPOTENCY_KEY */
export function idempotencyKey(vault: Vault, header: string | null): string | null {
  if (header === null) return null;
  const key = header.replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DeskRefusal(
      'INVALID_IDEMPOTENCY_KEY',
      'Idempotency-Key må være 1–200 synlige tegn uten mellomrom, helst en ny UUID for hver innsending.',
    );
  }
  return vault.hmac(`idempotency-key/${key}`).toString('hex');
}
