import type { Fence } from './fence.ts';
import { PublishAbandoned, PublishTimeout } from './publisher.ts';

/** One call of `publish`: settled once, when its last record is acknowledged or when it is abandoned. */
export interface PublishCall {
  /** False once settled: its queued records are no longer sent. */
  open: boolean;
  /** Fence of the lane it is sent for; undefined: any process may send these records. */
  fence: Fence | undefined;
  acknowledge(records: number): void;
  reject(error: Error): void;
  /** Settles with the call. */
  done: Promise<void>;
}

export function openCall(
  records: number,
  {
    deadlineMs,
    signal,
    fence,
  }: { deadlineMs?: number | undefined; signal?: AbortSignal | undefined; fence?: Fence | undefined },
  onSettled: () => void,
): PublishCall {
  let left = records;
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abandoned = () => call.reject(new PublishAbandoned('nobody waits for these records any more'));
  const settle = (): boolean => {
    if (!call.open) return false;
    call.open = false;
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandoned);
    onSettled();
    return true;
  };
  const call: PublishCall = {
    open: true,
    fence,
    acknowledge(count) {
      left -= count;
      if (left === 0 && settle()) resolve();
    },
    reject(error) {
      if (settle()) reject(error);
    },
    done: promise,
  };
  if (signal?.aborted) abandoned();
  signal?.addEventListener('abort', abandoned);
  if (deadlineMs !== undefined) {
    const late = () => call.reject(new PublishTimeout(`Kafka har ikke bekreftet innen ${deadlineMs} ms`));
    timer = setTimeout(late, deadlineMs);
  }
  return call;
}
