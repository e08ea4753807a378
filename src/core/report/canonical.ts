import { by } from '../order.ts';
/** Plain data as reproducible JSON bytes: keys in code-point order, two spaces, one newline at the end, UTF-8. */
export function canonicalJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(sorted(value), null, 2)}\n`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(by(([name]) => name));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
