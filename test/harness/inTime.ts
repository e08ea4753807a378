const PATIENCE_MS = 30_000;

/** The result of `work`. Well under a test's limit, which would not say what was waited for.
 *  @param about what is known by then, for the message @throws with `what` when it does not end in time */
export async function inTime<T>(
  what: string,
  work: () => Promise<T>,
  { patience = PATIENCE_MS, about = async () => '' }: { patience?: number; about?(): Promise<string> } = {},
): Promise<T> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), patience);
  const done = work().then((result) => ({ result }));
  try {
    const first = await Promise.race([done, late]);
    if (first !== 'late') return first.result;
  } finally {
    clearTimeout(timer);
  }
  done.catch(() => undefined);
  throw new Error(`not in ${patience} ms: ${what}. ${await about()}`);
}
