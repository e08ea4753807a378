import type { JSONWebKeySet } from 'jose';
import { isObject, type JsonObject } from './openedToken.ts';

const PATIENCE_MS = 5_000;
const LARGEST = 512 * 1024;

export interface IssuerAddresses {
  issuer: string;
  /** RFC 8414. */
  metadataUrl: string;
  /** Null: as the metadata say. */
  jwksUri: string | null;
}

/** An issuer that does not answer, or not as an issuer does; the message names no value of the answer. */
export class IssuerTrouble extends Error {
  override readonly name = 'IssuerTrouble';
}

/** @throws IssuerTrouble, or what `fetch` throws */
export async function fetchIssuerKeys(addresses: IssuerAddresses): Promise<JSONWebKeySet> {
  const { keys } = await fetchObject(addresses.jwksUri ?? (await keysAddress(addresses)));
  // An empty set would lock everyone out; it is a fault of the issuer's.
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isObject))
    throw new IssuerTrouble('the key set holds no keys');
  return { keys };
}

async function keysAddress({ issuer, metadataUrl }: IssuerAddresses): Promise<string> {
  const metadata = await fetchObject(metadataUrl);
  if (metadata.issuer !== issuer) throw new IssuerTrouble('the metadata are of another issuer');
  const { jwks_uri: address } = metadata;
  if (typeof address !== 'string' || !URL.canParse(address))
    throw new IssuerTrouble('the metadata name no key set');
  // Keys that come unprotected can be exchanged on the way.
  if (new URL(address).protocol !== 'https:' && new URL(address).origin !== new URL(metadataUrl).origin)
    throw new IssuerTrouble('the key set is not on https');
  return address;
}

async function fetchObject(address: string): Promise<JsonObject> {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new IssuerTrouble(`the issuer answered ${response.status}`);
  }
  const text = await limitedText(response);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // reported below
  }
  throw new IssuerTrouble('the issuer did not answer with a JSON object');
}

async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST) throw new IssuerTrouble('the answer of the issuer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
