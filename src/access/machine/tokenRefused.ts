export type TokenRefusal = 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'ISSUER_AWAY';

/** A token that is not believed. The message (bokmål) says what is wrong and the cure, and repeats nothing of it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code: TokenRefusal;

  constructor(code: TokenRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

export function invalid(what: string, cure = 'Hent et nytt token i Maskinporten.'): TokenRefused {
  return new TokenRefused('TOKEN_INVALID', `${what} ${cure}`);
}
