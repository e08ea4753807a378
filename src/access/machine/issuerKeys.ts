import { type CompactJWSHeaderParameters, type CryptoKey, createLocalJWKSet, errors } from 'jose';
import { fetchIssuerKeys, type IssuerAddresses } from './fetchIssuerKeys.ts';
import { invalid, TokenRefused } from './tokenRefused.ts';

/** Then they are fetched again, so that a withdrawn key is gone. */
const KEPT_MS = 24 * 60 * 60_000;
/** Tokens with made-up key names must not become calls to the issuer. */
const UNKNOWN_KEY_MS = 5 * 60_000;
/** An issuer that did not answer is asked again so often. */
const AWAY_MS = 10_000;

/** Public keys that tokens are checked with. */
export interface IssuerKeys {
  /** @throws TokenRefused TOKEN_INVALID for an unknown key, ISSUER_AWAY when the issuer cannot be asked about it */
  keyOf(header: { alg: string; kid: string }): Promise<CryptoKey>;
}

export interface IssuerKeysParts {
  addresses: IssuerAddresses;
  /** Epoch milliseconds. */
  now(): number;
  /** The issuer did not answer as it should. */
  onTrouble(error: unknown): void;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * Keys of an issuer, fetched when first needed: the bridge starts without the issuer, and goes on with the keys it knows
 * while the issuer is away.
 */
export function createIssuerKeys({ addresses, now, onTrouble }: IssuerKeysParts): IssuerKeys {
  let known: KeySet | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let away = false;
  let underWay: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    askedAt = now();
    try {
      known = createLocalJWKSet(await fetchIssuerKeys(addresses));
      fetchedAt = askedAt;
      away = false;
    } catch (error) {
      away = true;
      onTrouble(error);
    }
  }

  async function refresh(): Promise<void> {
    if (now() - askedAt < (away ? AWAY_MS : UNKNOWN_KEY_MS)) return underWay;
    underWay ??= fetchKeys().finally(() => {
      underWay = undefined;
    });
    await underWay;
  }

  return {
    async keyOf(header) {
      if (now() - fetchedAt >= KEPT_MS) await refresh();
      const key = await keyIn(known, header);
      if (key !== undefined) return key;
      await refresh();
      const fresh = await keyIn(known, header);
      if (fresh !== undefined) return fresh;
      if (away) {
        throw new TokenRefused(
          'ISSUER_AWAY',
          'Utstederen av tokenet svarer ikke, så tokenet kan ikke sjekkes. Prøv igjen om litt.',
        );
      }
      throw invalid('Tokenet er signert med en nøkkel som utstederen ikke har.');
    },
  };
}

async function keyIn(
  keys: KeySet | undefined,
  header: { alg: string; kid: string },
): Promise<CryptoKey | undefined> {
  const wanted: CompactJWSHeaderParameters = header;
  try {
    return await keys?.(wanted);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return undefined;
    // Two keys with one name, or a key that cannot be used.
    throw invalid('Tokenet er signert med en nøkkel som ikke kan brukes.');
  }
}
