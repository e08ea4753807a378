/** What a browser does with addresses and cookies: keeps cookies per host, follows redirects one at a time. */
export interface TestBrowser {
  /** One request, no redirect followed. */
  send(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Follows redirects, at most ten, to the first other answer. */
  go(url: string | URL, init?: RequestInit): Promise<{ url: URL; response: Response; text: string }>;
  /** Cookies of the host, by name. */
  cookies: Map<string, string>;
}

/** @param ask how it sends a request: over TLS with an authority of its own, for instance */
export function createBrowser(
  cookies = new Map<string, string>(),
  ask: (url: string | URL, init: RequestInit) => Promise<Response> = fetch,
): TestBrowser {
  async function send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await ask(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const gone = /;\s*expires=Thu, 01 Jan 1970/i.test(line);
      if (gone) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
  return {
    cookies,
    send,
    async go(url, init) {
      let at = new URL(url);
      let response = await send(at, init);
      for (let hops = 0; hops < 10 && response.status >= 300 && response.status < 400; hops += 1) {
        at = new URL(response.headers.get('location') ?? '', at);
        response = await send(at);
      }
      return { url: at, response, text: await response.text() };
    },
  };
}
