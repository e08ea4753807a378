export interface Repetition {
  /** Starts no new round and awaits the current one. */
  stop(): Promise<void>;
}

/** Repeats the work `everyMs` after the last round ended: rounds never overlap, and a failed one is reported and
 *  followed by the next. */
export function repeat(parts: {
  everyMs: number;
  work: () => Promise<unknown>;
  failed: (error: unknown) => void;
  /** Is called when a round has ended. */
  seen?: ((ok: boolean) => void) | undefined;
}): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const round = async () => {
    try {
      await parts.work();
      parts.seen?.(true);
    } catch (error) {
      parts.failed(error);
      parts.seen?.(false);
    }
    if (!stopped) timer = setTimeout(start, parts.everyMs);
  };
  const start = () => {
    running = round();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
