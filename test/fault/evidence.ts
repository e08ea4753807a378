import { readFileSync } from 'node:fs';
import type { Kafka } from 'kafkajs';
import { OUT_TOPICS, type OutTopic } from '../../src/core/messages/messages.ts';
import { errorTopic, feedTopic, outTopic } from '../../src/core/messages/topic.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { FEEDS, type Feed } from '../../src/core/youth/statusEvent.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { unpackEvents } from '../../src/store/form/storedEvents.ts';
import { type StoredYouth, unpackStored } from '../../src/store/form/storedTail.ts';
import { createDecoder } from '../../src/wire/codec.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import type { Database } from './database.ts';
import type { History } from './history.ts';
import { type LogRecord, readTopics } from './kafkaLog.ts';
import type { Input } from './load/input.ts';
import type { Person } from './load/people.ts';
import { INPUT } from './sender.ts';

/** A record of a feed topic, with the input it is. Null: the bridge's own. */
export interface FeedEntry extends LogRecord {
  feed: Feed;
  input: Input | null;
}

export interface OutEntry extends LogRecord {
  out: OutTopic;
  id: string;
  decoded: Record<string, unknown>;
}

export interface EventRow {
  lane: string;
  offset: number;
  ref: string;
  version: number;
  recorded: string;
  events: YouthEvent[];
}

export interface LaneRow {
  name: string;
  next: number;
  published: number;
  applied: number;
  duplicate: number;
  rejected: number;
  quarantined: number;
  parked: number;
}

/** Everything that the checkers may look at: history, Kafka's log, PostgreSQL's rows, what the app printed. */
export interface Evidence {
  org: OrgId;
  county: string;
  history: History;
  people: readonly Person[];
  feedLog: FeedEntry[];
  outLog: OutEntry[];
  errorLog: LogRecord[];
  events: EventRow[];
  lanes: LaneRow[];
  quarantine: { lane: string; offset: number; problems: string }[];
  youths: Map<string, { version: number; youth: Youth }>;
  lists: { run: string; verdict: string | null; received: number; total: number | null }[];
  appLog: string;
  /** What was due until then is done. */
  at: string;
}

const UTC = `to_char(recorded at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const LANE = `l.topic || '/' || l.partition`;

export async function collect(parts: {
  org: OrgId;
  county: string;
  kafka: Kafka;
  database: Database;
  history: History;
  people: readonly Person[];
  appLogs: readonly string[];
  at: string;
}): Promise<Evidence> {
  const { org, county, kafka, database, history, people } = parts;
  const feeds = new Map(FEEDS.map((feed) => [feedTopic(org, feed), feed]));
  const outs = new Map(OUT_TOPICS.map((topic) => [outTopic(org, topic), topic]));
  const log = await readTopics(kafka, [
    ...feeds.keys(),
    ...outs.keys(),
    ...FEEDS.map((feed) => errorTopic(org, feed)),
  ]);
  const decode = createDecoder({ schemas: loadSchemas('schemas/avro/out') });
  const feedLog: FeedEntry[] = [];
  const outLog: OutEntry[] = [];
  const errorLog: LogRecord[] = [];
  for (const record of log) {
    const feed = feeds.get(record.topic);
    const out = outs.get(record.topic);
    if (feed) {
      const number = record.headers[INPUT];
      feedLog.push({
        ...record,
        feed,
        input: number === undefined ? null : (history.inputs[Number(number)] ?? null),
      });
    } else if (out) {
      const decoded = record.value === null ? {} : (decode(record.value).value as Record<string, unknown>);
      outLog.push({ ...record, out, id: record.headers.ce_id ?? '', decoded });
    } else {
      errorLog.push(record);
    }
  }
  const rows = await database.query<{
    lane: string;
    record_offset: string;
    ref: string;
    version: number;
    recorded: string;
    body: string;
  }>(
    `select ${LANE} as lane, record_offset, ref, version, ${UTC} as recorded, body
     from event e join lane l on l.id = e.lane_id order by ref, version`,
  );
  const lanes = await database.query<Record<string, string>>(`select ${LANE} as name, * from lane l`);
  const quarantine = await database.query<{ lane: string; record_offset: string; problems: string }>(
    `select ${LANE} as lane, record_offset, problems::text from quarantine q join lane l on l.id = q.lane_id`,
  );
  const youths = await database.query<StoredYouth & { ref: string; version: number }>(
    'select ref, version, state, tail from youth',
  );
  const lists = await database.query<Evidence['lists'][number]>(
    'select run, verdict, received, total from list_run',
  );
  return {
    org,
    county,
    history,
    people,
    feedLog,
    outLog,
    errorLog,
    events: rows.map(({ record_offset, body, ...row }) => ({
      ...row,
      offset: Number(record_offset),
      events: unpackEvents(JSON.parse(body)),
    })),
    lanes: lanes.map((row) => ({
      name: row.name ?? '',
      next: Number(row.next_offset),
      published: Number(row.published_upto),
      applied: Number(row.applied),
      duplicate: Number(row.duplicate),
      rejected: Number(row.rejected),
      quarantined: Number(row.quarantined),
      parked: Number(row.parked),
    })),
    quarantine: quarantine.map(({ record_offset, ...row }) => ({ ...row, offset: Number(record_offset) })),
    youths: new Map(
      youths.map(({ ref, version, ...stored }) => [ref, { version, youth: unpackStored(stored) }]),
    ),
    lists,
    appLog: parts.appLogs.map((path) => readFileSync(path, 'utf8')).join('\n'),
    at: parts.at,
  };
}

export const laneOf = (record: { topic: string; partition: number }) => `${record.topic}/${record.partition}`;
