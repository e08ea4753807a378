import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, randomBytes } from 'node:crypto';
import type { OrgId } from '../core/organisation.ts';
import { Fodselsnummer } from '../core/person/fodselsnummer.ts';
import type { MaskedText } from '../core/person/maskedText.ts';
import { WrittenName } from '../core/person/personName.ts';
import { keyedHash } from './keyedHash.ts';
import { createPairwise, type Pairwise } from './pairwise.ts';

/** Keeps identity numbers and raw records unreadable in the database. The key lives outside it. */
export interface Vault {
  /** Identifies the key without revealing it: the database stores the one it was written with. */
  checkValue: Buffer;
  /** HMAC-SHA-256 of an identity number: finds a person, and cannot be brute-forced without the key. */
  hmac(fodselsnummer: Fodselsnummer): Buffer;
  /** The same of a text that is no identity number. */
  digest(use: DigestUse, text: string | MaskedText): Buffer;
  /** Pseudonym of a number within stored ids: 96 bits of HMAC under a key of its own. */
  pseudonym(fodselsnummer: Fodselsnummer): string;
  /** The same for a name: 48 bits, enough to distinguish two names on one number. */
  nameTag(name: string): string;
  /** Recognises a record: 63 bits of HMAC, which cannot be brute-forced without the key. */
  recordTag(record: { timestamp: number; value: Buffer | null; shed?: { sha256: string } }): bigint;
  /** Recognises a person who logs in, or their session at the issuer, without holding either. */
  loginTag(use: 'person' | 'subject' | 'session', issuer: string, value: string): Buffer;
  /** How a subscriber of the organisation knows its youths. @param subscriber by `senderOf` */
  pairwise(org: OrgId, subscriber: string): Pairwise;
  /** AES-256-GCM: key id (1 byte), nonce (12), tag (16), ciphertext. */
  seal(plain: Buffer | MaskedText): Buffer;
  /** @throws when the bytes were not sealed with this key, or were changed. */
  open(sealed: Buffer): Buffer;
  /** What was sealed of a number. */
  openNumber(sealed: Buffer): Fodselsnummer;
  /** What was sealed of a name. */
  openName(sealed: Buffer): WrittenName;
}

/** Keeps what is made of one kind of text apart from all others. A body comes as a digest, longer than any number. */
const DIGEST_PREFIX = {
  'list-row': 'list-row/',
  'quarantine-group': 'quarantine-group/',
  'idempotency-key': 'idempotency-key/',
  'person-asked': 'person-asked/',
  'nav-delivery': 'nav-delivery/',
  'upload-file': 'upload-file/',
  'upload-heading': 'upload-heading/',
  'upload-headings': 'upload-headings/',
  body: '',
} as const;

export type DigestUse = keyof typeof DIGEST_PREFIX;

const KEY_ID = 1;

/** @param key 32 random bytes, from a file or the environment, never from the database. */
export function createVault(key: Buffer): Vault {
  if (key.length !== 32) throw new Error('the vault key must be 32 bytes');
  // A derived key per purpose: a leaked search key would not open a single record.
  const searchHash = keyedHash(derive(key, 'ot-bridge/identity-search/1'));
  const pseudonymHash = keyedHash(derive(key, 'ot-bridge/pseudonym/1'));
  const nameHash = keyedHash(derive(key, 'ot-bridge/name/1'));
  const recordHash = keyedHash(derive(key, 'ot-bridge/record/1'));
  const loginHash = keyedHash(derive(key, 'ot-bridge/login/1'));
  const pairwiseKey = derive(key, 'ot-bridge/pairwise/1');
  const sealKey = createSecretKey(derive(key, 'ot-bridge/seal/1'));
  return {
    checkValue: keyedHash(derive(key, 'ot-bridge/check/1'))('ot-bridge'),
    hmac: (fodselsnummer) => searchHash(fodselsnummer.reveal()),
    digest: (use, text) => searchHash(DIGEST_PREFIX[use] + plain(text)),
    pseudonym: (fodselsnummer) => pseudonymHash(fodselsnummer.reveal()).toString('hex', 0, 12),
    nameTag: (name) => nameHash(name).toString('hex', 0, 6),
    recordTag: ({ timestamp, value, shed }) =>
      recordHash(
        `${timestamp} ${value === null ? (shed?.sha256 ?? '') : hash('sha256', value, 'hex')}`,
      ).readBigInt64BE() >> 1n,
    loginTag: (use, issuer, value) => loginHash(JSON.stringify([use, issuer, value])),
    pairwise: (org, subscriber) => createPairwise(pairwiseKey, org, subscriber),
    seal(content) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content.reveal());
      const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([Buffer.from([KEY_ID]), nonce, cipher.getAuthTag(), body]);
    },
    open,
    openNumber: (sealed) => new Fodselsnummer(open(sealed).toString()),
    openName: (sealed) => new WrittenName(open(sealed).toString()),
  };

  function open(sealed: Buffer): Buffer {
    if (sealed[0] !== KEY_ID) throw new Error('sealed with an unknown key');
    const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(1, 13));
    decipher.setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
  }
}

function plain(text: string | MaskedText): string {
  return typeof text === 'string' ? text : text.reveal();
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32));
}
