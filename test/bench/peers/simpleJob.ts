import { createHash } from 'node:crypto';

// The simple job: one input topic (repeats, late versions and invalid records in it) → validate, drop repeats, newest status
// per youth → one Avro event. What a county would write in place of the bridge, and what the right answer is.

/** Codes of the source, in the order of the event's statuses. */
export const CODES: readonly string[] = ['R', 'K', 'F', 'A'];
export const STATUSES = ['REGISTERED', 'CONTACTED', 'FOLLOWED_UP', 'CLOSED'] as const;

export interface SimpleRecord {
  id: string;
  source: string;
  youth: string;
  status: string;
  /** Milliseconds since 1970. */
  occurredAt: number;
  version: number;
  remarks: Record<string, string>;
}

/** A published event, as a receiver reads it. */
export interface SimpleEvent {
  eventId: string;
  source: string;
  youth: string;
  status: string;
  occurredAt: number;
  version: number;
}

/** A youth's newest status. */
export interface NewestStatus {
  status: string;
  version: number;
}

/** What must come of the records, or has come of them. */
export interface SimpleAnswer {
  /** Event id → digest of the event. */
  events: ReadonlyMap<string, string>;
  newest: ReadonlyMap<string, NewestStatus>;
}

export interface LoadPlan {
  /** Each seed has ids and youths of its own. */
  seed: number;
  records: number;
  youths: number;
  /** Of a record on average. */
  bytes: number;
}

const REPEATED = 0.02;
const INVALID = 0.001;
const LATE = 0.05;
/** A repeat comes so many records after the first one, at most. */
const REPEAT_WITHIN = 20_000;
const BEGAN = Date.UTC(2026, 7, 20);

/** The same records for the same plan. */
export function* simpleRecords({ seed, records, youths, bytes }: LoadPlan): Generator<SimpleRecord> {
  const random = lots(seed);
  const sent: SimpleRecord[] = [];
  for (let at = 0; at < records; at += 1) {
    if (at > 0 && random() < REPEATED) {
      const back = 1 + Math.floor(random() * Math.min(at, REPEAT_WITHIN));
      const repeated = sent[at - back];
      if (repeated === undefined) throw new Error('a repeat of no record');
      sent.push(repeated);
      yield repeated;
      continue;
    }
    const status = random() < INVALID ? 'X' : (CODES[Math.floor(random() * CODES.length)] ?? 'R');
    const version = random() < LATE ? Math.max(1, at - Math.floor(random() * records)) : at + 1;
    const record = {
      id: `${seed}-${at.toString(16).padStart(14, '0')}`,
      source: 'ot:40201',
      youth: `youth-${seed}-${Math.floor(random() * youths)}`,
      status,
      occurredAt: BEGAN + at,
      version,
      remarks: { enhet: '40201', merknad: '' },
    };
    record.remarks.merknad = '-'.repeat(Math.max(0, bytes - JSON.stringify(record).length));
    sent.push(record);
    yield record;
  }
}

/** What is right: each valid id once, and of each youth the highest version (of equal ones the first). */
export function rightAnswer(records: Iterable<SimpleRecord>): SimpleAnswer {
  const events = new Map<string, string>();
  const newest = new Map<string, NewestStatus>();
  for (const { id, source, youth, status: code, occurredAt, version } of records) {
    const status = STATUSES[CODES.indexOf(code)];
    if (status === undefined || events.has(id)) continue;
    events.set(id, eventDigest({ eventId: id, source, youth, status, occurredAt, version }));
    const known = newest.get(youth);
    if (known === undefined || known.version < version) newest.set(youth, { status, version });
  }
  return { events, newest };
}

export function eventDigest({ eventId, source, youth, status, occurredAt, version }: SimpleEvent): string {
  const text = [eventId, source, youth, status, occurredAt, version].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What is wrong, a line each; none: the answer is right. An event that came twice under its id counts once. */
export function faultsOf(right: SimpleAnswer, given: SimpleAnswer): string[] {
  const count = <T>(of: ReadonlyMap<string, T>, wrong: (name: string, value: T) => boolean) =>
    [...of].filter(([name, value]) => wrong(name, value)).length;
  const faults: readonly (readonly [string, number])[] = [
    ['events missing', count(right.events, (id) => !given.events.has(id))],
    ['events too many', count(given.events, (id) => !right.events.has(id))],
    [
      'events with another content',
      count(given.events, (id, digest) => right.events.has(id) && right.events.get(id) !== digest),
    ],
    [
      'youths whose newest status is missing or another',
      count(right.newest, (youth, { status, version }) => {
        const found = given.newest.get(youth);
        return found?.status !== status || found.version !== version;
      }),
    ],
    ['youths too many', count(given.newest, (youth) => !right.newest.has(youth))],
  ];
  return faults.flatMap(([what, n]) => (n === 0 ? [] : [`${what}: ${n}`]));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
