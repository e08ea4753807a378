/** Ends the command with a sentence for the person at the keyboard, and an exit code. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number;
  /** The refusal as the API answered it (RFC 9457); undefined where the command ended by itself. */
  readonly problem: unknown;

  constructor(text: string, exitCode: number, problem?: unknown) {
    super(text);
    this.exitCode = exitCode;
    this.problem = problem;
  }
}

export const EXIT = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** CSV is answered as text, without its byte order mark.
 *  @param body bytes go as they are, all else as JSON @param method when there is a body */
export type Ask = (
  path: string,
  body?: unknown,
  method?: 'POST' | 'PATCH',
) => Promise<{ status: number; value: unknown }>;

/** Asks the running bridge over HTTP. 404 is an answer; every other refusal ends the command.
 *  @throws CommandFailed when nothing answers, or the answer is a refusal. */
export function createAsk(baseUrl: string, fetcher: typeof fetch): Ask {
  return async (path, body, method = 'POST') => {
    const answer = await reach(baseUrl, path, { body, method }, fetcher);
    const isTable = answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/csv');
    const value: unknown = await (isTable ? answer.text() : answer.json()).catch(() => undefined);
    if (answer.ok || answer.status === 404) return { status: answer.status, value };
    throw new CommandFailed(
      problemText(value) ?? `OT Bridge svarte med HTTP ${answer.status}.`,
      EXIT.refused,
      value,
    );
  };
}

/** RFC 9457: title and what to do. */
export function problemText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('title' in value) || !('detail' in value)) return undefined;
  return `${value.title}. ${value.detail}`;
}

async function reach(
  baseUrl: string,
  path: string,
  { body, method }: { body: unknown; method: string },
  fetcher: typeof fetch,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(60_000);
    if (body === undefined) return await fetcher(new URL(path, baseUrl), { signal });
    const isFile = body instanceof Uint8Array;
    return await fetcher(new URL(path, baseUrl), {
      method,
      headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      body: isFile ? new Uint8Array(body) : JSON.stringify(body),
      signal,
    });
  } catch (cause) {
    const late = cause instanceof Error && cause.name === 'TimeoutError';
    throw new CommandFailed(
      late
        ? `OT Bridge på ${baseUrl} svarte ikke innen ett minutt. Se i loggen om den er opptatt.`
        : `Får ikke kontakt med OT Bridge på ${baseUrl}. Start den med «npm start», eller sett OT_BRIDGE_URL til adressen den svarer på.`,
      EXIT.unreachable,
    );
  }
}
