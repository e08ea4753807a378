import { readKeySet, secretKey, type VerificationKey } from '../../relay/verificationKey.ts';

/** The keys to verify with; asked for again when no key fits. */
export interface ReceiverKeys {
  known(): Promise<readonly VerificationKey[]>;
  /** After a call that no key fits: the sender may have a new one. */
  renewed(): Promise<readonly VerificationKey[]>;
}

/** Keys given by hand do not change. `retired`: those that no longer count. */
export function fixedKeys(secrets: readonly Buffer[], retired: readonly Buffer[] = []): ReceiverKeys {
  const keys = [
    ...secrets.map((bytes, at) =>
      secretKey(bytes, secrets.length === 1 ? 'hemmeligheten' : `hemmelighet ${at + 1}`),
    ),
    ...retired.map((bytes, at) => secretKey(bytes, `utgått hemmelighet ${at + 1}`, true)),
  ];
  return { known: async () => keys, renewed: async () => keys };
}

/** Seldom enough that forged calls cannot make the receiver ask without limit. */
const ASK_AGAIN_MS = 5_000;

/** The public keys of an installation. A key that was there before and is not now counts as retired. */
export function publishedKeys(
  url: string,
  fetcher: typeof fetch,
  now: () => number,
  print: (line: string) => void,
): ReceiverKeys {
  let keys: readonly VerificationKey[] = [];
  let asked = Number.NEGATIVE_INFINITY;
  let asking = Promise.resolve(keys);
  const ask = async () => {
    try {
      const answer = await fetcher(url, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
      const read = answer.ok ? readKeySet(await answer.json()) : undefined;
      if (read === undefined) print(`Nøklene på ${url} kan ikke leses (HTTP ${answer.status}).`);
      else keys = [...read, ...gone(keys, read)];
    } catch {
      print(`Får ikke hentet nøklene på ${url}.`);
    }
    return keys;
  };
  // One question for all calls that wait for the answer.
  const renewed = () => {
    if (now() - asked < ASK_AGAIN_MS) return asking;
    asked = now();
    asking = ask();
    return asking;
  };
  return { known: async () => (keys.length === 0 ? renewed() : keys), renewed };
}

function gone(before: readonly VerificationKey[], now: readonly VerificationKey[]): VerificationKey[] {
  return before
    .filter(({ key }) => !now.some((other) => other.key.equals(key)))
    .map((key) => ({ ...key, retired: true }));
}

export function bothKeys(one: ReceiverKeys, other: ReceiverKeys): ReceiverKeys {
  return {
    known: async () => [...(await one.known()), ...(await other.known())],
    renewed: async () => [...(await one.renewed()), ...(await other.renewed())],
  };
}
