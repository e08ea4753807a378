import { LANGUAGES, type Language } from '../../core/language.ts';

const COOKIE = 'ot-sprak';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export function isLanguage(text: unknown): text is Language {
  return typeof text === 'string' && Object.hasOwn(LANGUAGES, text);
}

/** The one that was chosen in this browser; else the one the browser prefers; else bokmål. */
export function languageOf(request: Request): Language {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  const chosen = pairs.find(([name]) => name === COOKIE)?.[1];
  if (isLanguage(chosen)) return chosen;
  const preferred = /\b(nb|nn|no)\b/i.exec(request.headers.get('accept-language') ?? '')?.[1];
  return preferred?.toLowerCase() === 'nn' ? 'nn' : 'nb';
}

/** `Set-Cookie`. @param secure pages are on https alone */
export function languageCookie(language: Language, secure: boolean): string {
  return `${COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
