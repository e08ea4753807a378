import type { AuditTrail, ChainedEntry } from '../store/auditPort.ts';

const WINDOW_MS = 60_000;

/**
 * Records the refusals of callers who are not known: the first of a kind immediately, those of the next minute as one entry
 * with their number. They need no token, and a flood must not fill the trail. They disclose nothing, so that the
 * answer does not wait.
 */
export function anonymousRefusals(append: AuditTrail['append']): (refusal: ChainedEntry) => void {
  const counted = new Map<string, { last: ChainedEntry; times: number }>();
  const write = (refusal: ChainedEntry) => void append([refusal]).catch(() => undefined);

  return (refusal) => {
    const { chain, entry } = refusal;
    const kind = `${chain} ${entry.operation} ${entry.outcome}`;
    const known = counted.get(kind);
    if (known !== undefined) {
      known.last = refusal;
      known.times += 1;
      return;
    }
    counted.set(kind, { last: refusal, times: 0 });
    write(refusal);
    setTimeout(() => {
      const { last, times } = counted.get(kind) ?? { last: refusal, times: 0 };
      counted.delete(kind);
      // Whom the last of them was about says nothing of the others.
      if (times > 0) write({ ...last, entry: { ...last.entry, times, subjects: [] } });
    }, WINDOW_MS).unref();
  };
}
