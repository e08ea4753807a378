import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  clientCredentialsGrant,
} from 'openid-client';

/** A token endpoint that is away must not hold up a connection for longer than Kafka itself would. */
const ANSWER_SECONDS = 10;
/** Share of its life after which a token is replaced: a session lasts as long as its token. */
const USED_SHARE = 0.5;
/** Without `expires_in` in the answer. */
const DEFAULT_SECONDS = 60;

/** The issuer gave no token. Its answer is not repeated: it may quote what was sent. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  /** The OAuth error code, or the system's, e.g. `invalid_client` or `ECONNREFUSED`. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super('the token endpoint gave no token', options);
    this.code = code;
  }
}

/** Tokens by client credentials (RFC 6749 section 4.4): one is kept for the first half of its life. */
export function createTokenSource(parts: {
  /** https; http only to this machine. */
  tokenUrl: string;
  clientId: string;
  /** The secret to identify with now. */
  clientSecret: () => string;
  scope?: string;
}): () => Promise<string> {
  const { tokenUrl, clientId, clientSecret, scope } = parts;
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { origin, protocol } = new URL(tokenUrl);
    const issuer = { issuer: origin, token_endpoint: tokenUrl };
    const client = new Configuration(issuer, clientId, undefined, ClientSecretBasic(clientSecret()));
    client.timeout = ANSWER_SECONDS;
    // The configuration allows http to this machine only.
    if (protocol === 'http:') allowInsecureRequests(client);
    const began = performance.now();
    try {
      const answer = await clientCredentialsGrant(client, scope === undefined ? {} : { scope });
      const seconds = answer.expires_in ?? DEFAULT_SECONDS;
      kept = { token: answer.access_token, until: began + seconds * 1_000 * USED_SHARE };
      return kept.token;
    } catch (error) {
      throw new TokenRefused(codeOf(error), { cause: error });
    }
  }

  return () => {
    if (kept && performance.now() < kept.until) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

function codeOf(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('error' in each && typeof each.error === 'string' && /^[a-z_]{1,40}$/.test(each.error))
      return each.error;
    if (!(each.cause instanceof Error) && 'code' in each && typeof each.code === 'string') return each.code;
  }
  return 'unknown';
}
