import { createHash, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IsoInstant } from '../core/time/date.ts';
import type { SigningKey } from '../store/relayPort.ts';
import type { Vault } from '../store/vault.ts';
import type { OpenKey } from './signature.ts';

/** A new pair of keys, one of each scheme, with what its owner is given once. */
export interface NewKeys {
  keys: SigningKey[];
  /** `whsec_` and base64, as libraries for Standard Webhooks take it. */
  secret: string;
  /** `whpk_` and base64. */
  publicKey: string;
}

const SECRET_BYTES = 32;
/** Raw bytes of an Ed25519 key within its DER form. */
const RAW_KEY = 32;

export function newSigningKeys(vault: Pick<Vault, 'seal'>, from: IsoInstant): NewKeys {
  const secret = randomBytes(SECRET_BYTES);
  const pair = generateKeyPairSync('ed25519');
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-RAW_KEY);
  const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    keys: [
      {
        kid: digestOf(randomBytes(RAW_KEY)),
        scheme: 'v1',
        sealed: vault.seal(secret),
        publicKey: null,
        from,
        to: null,
      },
      { kid: digestOf(raw), scheme: 'v1a', sealed: vault.seal(pkcs8), publicKey: raw, from, to: null },
    ],
    secret: `whsec_${secret.toString('base64')}`,
    publicKey: `whpk_${raw.toString('base64')}`,
  };
}

/** As it signs. @throws when it was sealed with another vault key */
export function openKey(vault: Pick<Vault, 'open'>, { scheme, sealed }: SigningKey): OpenKey {
  const opened = vault.open(sealed);
  return scheme === 'v1'
    ? { scheme, secret: opened }
    : { scheme, privateKey: createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' }) };
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
