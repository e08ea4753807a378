const LONGEST = 2_000;
/** Would begin or end a session again. */
const NOT_BACK_TO = /^\/(login|logout|lokal-innlogging)(\/|$)/;

/** Whether a browser that follows it stays with us: a path of our own, not `//host`, `/\host` or an address. */
export function isOwnPath(text: string): boolean {
  if (text.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return false;
  const base = 'https://bridge.invalid';
  if (!URL.canParse(text, base)) return false;
  const { origin, pathname } = new URL(text, base);
  return origin === base && !pathname.startsWith('//') && !NOT_BACK_TO.test(pathname);
}
