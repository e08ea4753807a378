import type { Link, SpanContext } from '@opentelemetry/api';
import { readTraceparent } from '../core/traceparent.ts';

export function parseTraceparent(text: string): SpanContext | undefined {
  const read = readTraceparent(text.trim());
  if (!read) return undefined;
  const { traceId, spanId, flags } = read;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

export function formatTraceparent(context: SpanContext): string {
  return `00-${context.traceId}-${context.spanId}-${(context.traceFlags & 1).toString(16).padStart(2, '0')}`;
}

/** A batch has up to 2,000 records; viewers show fewer links than that. */
export const MAX_LINKS = 32;

/** Links to the traces of a batch's records, deduplicated, at most `MAX_LINKS`. */
export function linksOf(traceparents: Iterable<string | undefined>): Link[] {
  const links = new Map<string, Link>();
  for (const text of traceparents) {
    const context = text === undefined ? undefined : parseTraceparent(text);
    if (!context) continue;
    links.set(`${context.traceId}${context.spanId}`, { context });
    if (links.size === MAX_LINKS) break;
  }
  return [...links.values()];
}
