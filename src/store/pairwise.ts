import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import type { OrgId } from '../core/organisation.ts';
import { type PersonRef, personRef } from '../core/person/reference.ts';
import { base32, fromBase32 } from './base32.ts';
import { keyedHash } from './keyedHash.ts';

/** References as one subscriber of one organisation knows them: two who join what they got find no youth in common by
 *  any name. */
export interface Pairwise {
  /** `pw_` and 26 characters. */
  of(ref: PersonRef): string;
  /** Undefined when it is no such token. Another's token gives a reference that no youth has. */
  refOf(token: string): PersonRef | undefined;
  /** What evidence and the cause of an alert are called: 16 hex digits in, 16 others out. */
  tag(digest: string): string;
  /** The id of an alert. */
  alertId(cause: string, ref: PersonRef): string;
}

/** Of a pairwise reference, in addresses too. */
export const PAIRWISE = /^pw_[a-z2-7]{26}$/;

/** One block of AES is a permutation of all references: no table, and none but the key's holder can turn it round. */
export function createPairwise(key: Buffer, org: OrgId, subscriber: string): Pairwise {
  const whose = JSON.stringify([org, subscriber]);
  const derived = (use: string) =>
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `ot-bridge/pairwise/${use}/1/${whose}`, 32));
  const blockKey = createSecretKey(derived('reference'));
  const tagHash = keyedHash(derived('tag'));
  const of = (ref: PersonRef) => {
    const cipher = createCipheriv('aes-256-ecb', blockKey, null).setAutoPadding(false);
    return `pw_${base32(Buffer.concat([cipher.update(ref.replaceAll('-', ''), 'hex'), cipher.final()]))}`;
  };
  const tag = (digest: string) => tagHash(digest).toString('hex', 0, 8);
  return {
    of,
    tag,
    alertId: (cause, ref) => `${tag(cause)}-${of(ref)}`,
    refOf(token) {
      const block = PAIRWISE.test(token) ? fromBase32(token.slice(3)) : undefined;
      if (block === undefined) return undefined;
      const decipher = createDecipheriv('aes-256-ecb', blockKey, null).setAutoPadding(false);
      const hex = Buffer.concat([decipher.update(block), decipher.final()]).toString('hex');
      return personRef(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
    },
  };
}
