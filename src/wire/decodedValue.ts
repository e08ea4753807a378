import type { Problem } from '../core/problem.ts';

/** A record's value, or why it cannot be read. The problems hold nothing of it. */
export type DecodedValue = { ok: true; value: unknown } | { ok: false; problems: Problem[] };
