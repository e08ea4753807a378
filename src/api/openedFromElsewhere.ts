import { LOCAL_LOGIN_PATH } from './routes/localLogin.ts';

/** Pages that a link, or the issuer who sends a person back, leads to. Those of the console read, and change nothing. */
const PAGES: ReadonlySet<string> = new Set(['/', '/login', '/login/callback']);
const FRAMES: ReadonlySet<string> = new Set(['/login/frontchannel-logout']);

/** @param localIssuer a browser that began at `localhost` is led to it at another name of this machine */
export function opensFromElsewhere(localIssuer: boolean): (path: string) => boolean {
  return (path) =>
    PAGES.has(path) || path.startsWith('/k/') || (localIssuer && path.startsWith(LOCAL_LOGIN_PATH));
}

/** The issuer logs people out in a frame. */
export function framesFromElsewhere(path: string): boolean {
  return FRAMES.has(path);
}
