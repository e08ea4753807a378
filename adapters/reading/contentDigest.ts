import { isRecord } from './recordFields.ts';

// An id for a record that came without one: the same content gives the same id, so that an identical row is a duplicate.
// 128 bits, not cryptographic, and the content holds an identity number that could be found by trying them all: a digest
// may be kept inside the database and inside sealed records, NEVER in a key, header, URL, log line or out message.

/** 32 hex digits over the canonical form: order of fields, absent, null and empty values do not matter. */
export function contentDigest(value: unknown): string {
  const text = canonical(value);
  let a = 0x6a3f51c7;
  let b = 0x2c97e40d;
  let c = 0x5b18d6f3;
  let d = 0x13a9c825;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit ^ (d >>> 16), 0x2f6b3a95);
    b = Math.imul((b + unit) ^ (a >>> 15), 0x5d9c1e37);
    c = Math.imul((c - unit) ^ (b >>> 14), 0x71c4e5ab);
    d = Math.imul((d ^ (unit << 7)) + (c >>> 13), 0x4e8da2c9);
  }
  // Four rounds let every late character reach every lane.
  for (let round = 0; round < 4; round += 1) {
    a = mix(a + Math.imul(d, 0x3c6ef35f) + text.length);
    b = mix(b ^ a);
    c = mix(c + b);
    d = mix(d ^ c);
  }
  return hex(a) + hex(b) + hex(c) + hex(d);
}

/**
 * An id for an event, from its content and person; the moment it was sent is no part of that. A duplicate is found among
 * the facts of its own youth, by source, id and version. Where the bridge makes the id itself the person is in it all the
 * same: two youths may turn out to be one (I05), and the facts of each number are kept then.
 * @param pseudonym of the person, keyed: never the number itself
 */
export function eventDigest(pseudonym: string, content: Readonly<Record<string, unknown>>): string {
  return contentDigest({ ...content, fodselsnummer: pseudonym, id: null, version: null, meldt: null });
}

function mix(lane: number): number {
  const once = Math.imul(lane ^ (lane >>> 16), 0x45d9f3b5);
  const twice = Math.imul(once ^ (once >>> 15), 0x119de1f3);
  return twice ^ (twice >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/** One text for one content: every text is preceded by its length, so no two contents give the same text. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join('')}]`;
  if (!isRecord(value)) return `${String(value)};`;
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    const content = value[name];
    if (content === undefined || content === null || content === '') continue;
    text += `${name.length}:${name}${canonical(content)}`;
  }
  return `${text}}`;
}
