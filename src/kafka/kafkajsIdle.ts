import { createRequire } from 'node:module';

// kafkajs 2.2.4 re-arms its «check pending requests» timer also when nothing is pending. On Node ≥ 22 the
// negative delay it computes becomes 1 ms, so each idle connection wakes a thousand times a second: 3–4 % of
// a core for nothing. A pending request re-arms the timer itself, so sleeping while there is none is safe.

interface RequestQueue {
  pending: unknown[];
  scheduleCheckPendingRequests(this: RequestQueue): void;
}

const PATCHED = Symbol.for('ot-bridge.kafkajsIdle');

/** Makes all kafkajs clients of the process sleep while idle. Idempotent. */
export function letKafkajsSleep(): void {
  const load = createRequire(import.meta.url);
  const queue: { prototype: RequestQueue & { [PATCHED]?: true } } = load(
    'kafkajs/src/network/requestQueue/index.js',
  );
  if (queue.prototype[PATCHED]) return;
  const schedule = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype[PATCHED] = true;
  queue.prototype.scheduleCheckPendingRequests = function scheduleWhenPending() {
    if (this.pending.length > 0) schedule.call(this);
  };
}
