import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

export interface FetchPlan {
  /** PEM of the authority that is trusted. */
  ca: string;
  /** Address of this machine that requests come from. */
  from: string;
}

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * `fetch` from an address of choice, where every name is this machine, and only the given authority is trusted. Sends
 * `Host` as given. Follows no redirect. Bodies are texts.
 */
export function createFetch({ ca, from }: FetchPlan): Fetch & { close(): void } {
  const secure = new Agent({ keepAlive: true, ca, localAddress: from });
  const plain = new HttpAgent({ keepAlive: true, localAddress: from });
  const ask: Fetch = async (url, { method = 'GET', headers, body } = {}) => {
    const { protocol, hostname, port, pathname, search } = new URL(url);
    const isSecure = protocol === 'https:';
    const options = {
      ...{ host: '127.0.0.1', port, method, path: pathname + search },
      headers: { host: `${hostname}:${port}`, ...Object.fromEntries(new Headers(headers)) },
    };
    const asked = isSecure
      ? request({ ...options, agent: secure, servername: hostname })
      : httpRequest({ ...options, agent: plain });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).once('error', reject);
    });
    asked.end(typeof body === 'string' ? body : undefined);
    const answer = await answered;
    const content = await buffer(answer);
    const status = answer.statusCode ?? 0;
    const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    return new Response([204, 304].includes(status) ? null : new Uint8Array(content), {
      status,
      headers: pairs,
    });
  };
  return Object.assign(ask, {
    close() {
      secure.destroy();
      plain.destroy();
    },
  });
}
