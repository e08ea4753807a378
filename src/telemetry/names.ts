// All names of telemetry: log events with their fields, metrics, spans and attributes. A name that is not here cannot
// be written.

/** `text` is masked and truncated, `number` may be a bigint, `error` becomes a name and codes; `?` is optional. */
type Kind = 'text' | 'number' | 'flag' | 'error';
export type FieldSpec = Kind | `${Kind}?`;
export type EventLevel = 'debug' | 'info' | 'warn' | 'error';

interface EventSpec {
  level: EventLevel;
  fields: Record<string, FieldSpec>;
}

const lane = { org: 'text', topic: 'text', partition: 'number' } as const;

export const LOG_EVENTS = {
  'app.started': { level: 'info', fields: { version: 'text?', url: 'text?', ms: 'number?' } },
  'app.stopping': { level: 'info', fields: { signal: 'text?', error: 'error?' } },
  'app.stopped': { level: 'info', fields: { ms: 'number?', exitCode: 'number?' } },
  'part.waiting': { level: 'warn', fields: { part: 'text', error: 'error?' } },
  'part.ready': { level: 'info', fields: { part: 'text', ms: 'number?' } },
  'lane.claimed': { level: 'info', fields: { ...lane, epoch: 'number', nextOffset: 'number' } },
  'lane.dropped': { level: 'warn', fields: { ...lane, reason: 'text', error: 'error?' } },
  // The lane is stopped, and why; `upto`: first offset beyond the affected ones. Once per change.
  'lane.stands': {
    level: 'error',
    fields: { ...lane, code: 'text', reason: 'text', offset: 'number', upto: 'number?', since: 'text' },
  },
  'lane.goesOn': { level: 'info', fields: lane },
  'lane.recovered': { level: 'info', fields: { ...lane, records: 'number', ms: 'number?' } },
  'batch.handled': {
    level: 'info',
    fields: {
      ...lane,
      firstOffset: 'number',
      lastOffset: 'number',
      applied: 'number',
      duplicate: 'number',
      rejected: 'number',
      quarantined: 'number',
      parked: 'number',
      loadMs: 'number',
      decideMs: 'number',
      commitMs: 'number',
      publishMs: 'number',
      retries: 'number?',
      trace: 'text?',
    },
  },
  // Never who: only that a login came through, and what stopped one that did not.
  'login.succeeded': { level: 'info', fields: { high: 'flag', stepUp: 'flag' } },
  'login.refused': { level: 'warn', fields: { reason: 'text', code: 'text' } },
  // Of a person a reference and no more: an operator needs it to find the youth.
  'youth.unreadable': { level: 'error', fields: { org: 'text', ref: 'text' } },
  'youth.parked': { level: 'error', fields: { ...lane, ref: 'text', error: 'error?' } },
  'list.concluded': {
    level: 'info',
    fields: {
      org: 'text',
      list: 'text',
      run: 'text',
      total: 'number',
      bad: 'number',
      absent: 'number?',
      doubtful: 'number?',
      answers: 'number?',
    },
  },
  'list.refused': {
    level: 'error',
    fields: { org: 'text', list: 'text', run: 'text', code: 'text', total: 'number', affected: 'number' },
  },
  // A list to NAV is there for NAV to fetch.
  'nav.extracted': { level: 'info', fields: { org: 'text', run: 'text', rows: 'number', ms: 'number' } },
  'poll.done': {
    level: 'info',
    fields: { org: 'text', list: 'text', run: 'text', rows: 'number', tries: 'number', ms: 'number' },
  },
  'poll.failed': {
    level: 'error',
    fields: {
      org: 'text',
      list: 'text',
      code: 'text',
      tries: 'number',
      httpStatus: 'number?',
      fields: 'text?',
      error: 'error?',
    },
  },
  'clock.fired': { level: 'info', fields: { org: 'text', due: 'number' } },
  'clock.moved': { level: 'info', fields: { org: 'text', to: 'text', due: 'number', waiting: 'number' } },
  'publish.retry': {
    level: 'warn',
    fields: { topic: 'text', records: 'number', attempt: 'number', error: 'error?' },
  },
  'kafka.client': { level: 'warn', fields: { code: 'text', client: 'text?', error: 'error?' } },
  'embedded.restarted': { level: 'warn', fields: { part: 'text', exitCode: 'number?', signal: 'text?' } },
  // One of the processes that share the lanes of one start command died.
  'process.restarted': {
    level: 'warn',
    fields: { process: 'text', exitCode: 'number?', signal: 'text?' },
  },
  'http.failed': { level: 'error', fields: { id: 'text', error: 'error' } },
  // A caller's act over HTTP: a submission, a replay, a moved clock.
  'api.acted': {
    level: 'info',
    fields: {
      act: 'text',
      org: 'text',
      feed: 'text?',
      receipt: 'text?',
      rows: 'number?',
      item: 'text?',
      records: 'number?',
      topic: 'text?',
      partition: 'number?',
      offset: 'number?',
      purpose: 'text?',
      refused: 'number?',
      list: 'text?',
      run: 'text?',
    },
  },
  'http.handled': {
    level: 'info',
    fields: { method: 'text', route: 'text', status: 'number', ms: 'number' },
  },
  // The signed end of an organisation's audit chain: a witness outside the database.
  'audit.checkpoint': {
    level: 'info',
    fields: { org: 'text', seq: 'number', hash: 'text', at: 'text', key: 'text', signature: 'text' },
  },
  // Lines that could not be written before this one, for a full disk or a reader that was behind.
  'log.lost': { level: 'warn', fields: { lines: 'number' } },
  'work.failed': { level: 'error', fields: { part: 'text', error: 'error' } },
  // The operator has to act. `code` is one of ALARM_CODES.
  'operational.alert': {
    level: 'error',
    fields: {
      code: 'text',
      org: 'text?',
      list: 'text?',
      run: 'text?',
      detail: 'text?',
      count: 'number?',
      topic: 'text?',
      partition: 'number?',
      offset: 'number?',
      since: 'text?',
    },
  },
} as const satisfies Record<string, EventSpec>;

export type LogEvent = keyof typeof LOG_EVENTS;

/** Subjects of operational alerts; each has an entry in the runbook. */
export const ALARM_CODES = [
  'POLL_FAILED',
  'LIST_SHRUNK',
  'LIST_INCOMPLETE',
  'LIST_DOUBTFUL',
  'LIST_OUTDATED',
  'LIST_REUSED',
  'LIST_SURPLUS',
  'NAV_STRANGER',
  'NAV_UNREADABLE',
  'NAV_BAD_ROWS',
  'NAV_CONTRADICTION',
  'NAV_PARTIAL',
  'NAV_NO_AGREEMENT',
  'AGREEMENT_ENDS',
  'DUE_NOT_DECIDED',
  'OFFSETS_GONE',
  'TOPIC_REPLACED',
  'LOG_REPLACED',
  'BATCH_UNREADABLE',
  'TRANSACTION_OPEN',
  'LANE_STANDS',
  'RECEIPT_WAITING',
  'LANE_UNWORKED',
  'PERSONS_CAPPED',
  'TOPIC_DIFFERS',
  'KAFKA_REFUSES',
  'DATABASE_REFUSES',
  'SECRET_UNREADABLE',
  'WEBHOOK_FAILING',
  'AUDIT_BROKEN',
  'AUDIT_UNSIGNED',
  'AUDIT_CHECKPOINT_INVALID',
] as const;
export type AlarmCode = (typeof ALARM_CODES)[number];

/** Errors whose message is ours and free of personal data: their text is logged. By error name. */
export const OWN_ERRORS: ReadonlySet<string> = new Set([
  'MissingRole',
  'NewerSchema',
  'NotAcknowledged',
  'KafkaTooOld',
  'PublishTimeout',
  'PublisherClosed',
  'RecordRefused',
  'RightMissing',
  'UnknownTopic',
  'UnreadableSecret',
  'WrongVaultKey',
]);

export const METRICS = {
  records: 'ot_bridge_records',
  quarantined: 'ot_bridge_quarantined',
  rules: 'ot_bridge_rules_fired',
  duplicates: 'ot_bridge_duplicates_skipped',
  fenceLost: 'ot_bridge_fence_lost',
  pollFailures: 'ot_bridge_poll_failures',
  navWithdrawals: 'ot_bridge_nav_withdrawals',
  operationalAlerts: 'ot_bridge_operational_alerts',
  phase: 'ot_bridge_batch_phase_seconds',
  batch: 'ot_bridge_batch_seconds',
  dropoutToAlert: 'ot_bridge_dropout_to_alert_seconds',
  calls: 'ot_bridge_calls',
  callDelay: 'ot_bridge_call_delay_seconds',
  lag: 'ot_bridge_lag_records',
  unpublished: 'ot_bridge_unpublished_records',
  stopped: 'ot_bridge_lane_standing_seconds',
  worked: 'ot_bridge_lane_worked',
  parked: 'ot_bridge_parked_records',
} as const;

/** Labels and span attributes. None identifies a person: no reference, no number, no free text. */
export const ATTRIBUTES = {
  org: 'org',
  feed: 'feed',
  topic: 'topic',
  partition: 'partition',
  outcome: 'outcome',
  problem: 'problem',
  rule: 'rule',
  phase: 'phase',
  list: 'list',
  code: 'code',
  subscription: 'subscription',
  firstOffset: 'first_offset',
  records: 'records',
  process: 'process',
} as const;

export const PHASES = ['load', 'decide', 'commit', 'publish'] as const;
export type Phase = (typeof PHASES)[number];

export const SPANS = {
  batch: 'batch',
  load: 'load',
  decide: 'decide',
  commit: 'commit',
  publish: 'publish',
} as const;
