import { invalid, TokenRefused } from './tokenRefused.ts';

/** Longer than any token of Maskinporten's. */
const LONGEST = 8_192;

/**
 * The token of a request (RFC 6750). Two headers of the name reach us as one text with a comma, which no token holds.
 * @param authorization values of the header, one for each header line or joined
 * @throws TokenRefused
 */
export function bearerOf(authorization: readonly string[]): string {
  const [value = '', ...more] = authorization;
  if (value.length > LONGEST) throw invalid('Tokenet er lengre enn noe token herfra.');
  if (more.length > 0 || value.includes(','))
    throw invalid('Forespørselen har flere Authorization-hoder.', 'Send bare ett.');
  const token = /^bearer +(\S+)$/i.exec(value)?.[1];
  if (token !== undefined) return token;
  if (/^bearer\b/i.test(value)) throw invalid('Authorization er ikke «Bearer» og ett token.');
  throw new TokenRefused(
    'TOKEN_MISSING',
    'Authorization har ikke et Bearer-token. Hent et token i Maskinporten og send det som «Bearer <token>».',
  );
}
