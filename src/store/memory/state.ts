import type { OrganisationNumber } from '../../core/access/principal.ts';
import type { AuditChain, AuditEntry } from '../../core/audit/entry.ts';
import type { LogControl } from '../../core/audit/logControl.ts';
import type { Lane, LaneStop } from '../../core/lane.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { NumberRef, PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { AccessList } from '../accessPort.ts';
import type { StoredYouth } from '../form/storedTail.ts';
import type { NavWithdrawal } from '../navPort.ts';
import type { CompleteList, Doubtful, ListState, ReceiptSource, ReportSnapshot } from '../operationsPort.ts';
import type { NameWrite, Outcome, StoredRecord } from '../port.ts';
import type { KeptItem, KnownProgress } from '../queriesPort.ts';
import type { Attempt, Delivery, Replay, SigningKey } from '../relayPort.ts';

// Tables of the in-memory store. Youths are kept as JSON text, so that no caller shares an object with it.

export interface MemoryLane extends Lane {
  stopped: LaneStop | null;
  counts: Record<Outcome, number>;
}

export interface MemoryYouth extends StoredYouth {
  version: number;
  due: string | null;
  lane: number;
  offset: bigint;
}

export interface MemoryList {
  org: OrgId;
  list: CompleteList['list'];
  run: string;
  /** Id it was sent under. */
  sentAs: string;
  type: 'FULL' | 'DELTA';
  total: number | null;
  opened: string;
  lastReceived: string;
  completed: string | null;
  overdueReported: boolean;
  verdict: ListState['verdict'];
  reason: string | null;
  affected: number | null;
  surplus: number;
  surplusReported: number;
  confirmed: boolean;
  vouched: boolean;
  acts: ListState['acts'];
  receipts: Set<string>;
  doubtful: Doubtful[];
  /** Keyed by `placeOf`. */
  rows: Map<string, MemoryListRow>;
}

export interface MemoryListRow {
  rowKey: string;
  ref: PersonRef | null;
  sealed: Buffer | null;
  kind: 'good' | 'bad';
  quarantine: string | null;
  nameless: string | null;
  late: boolean;
}

export interface MemorySubscription {
  entry: Subscription;
  keys: SigningKey[];
  cursors: Map<number, bigint>;
  catchUp: { what: 'latest' | 'now'; upto: Map<number, bigint> } | null;
  /** How many of `navWithdrawals` are planned. */
  navUpto: number;
  lastSuccess: IsoInstant | null;
  reported: Set<string>;
  closed: string | null;
}

export interface MemoryDelivery extends Delivery {
  lease: number;
  leasedUntil: IsoInstant | null;
  awaitsAgreement: boolean;
  log: Attempt[];
}

export interface MemoryState {
  lanes: Map<string, MemoryLane>;
  /** Keyed by the HMAC, oldest first. */
  refs: Map<string, NumberRef>;
  /** Sealed, keyed by the HMAC. */
  numbers: Map<string, Buffer>;
  /** Keyed by `org/ref/tag`. */
  names: Map<string, NameWrite & { org: OrgId }>;
  /** Numbered from 1 in each chain. */
  audit: { chain: AuditChain; seq: number; entry: AuditEntry }[];
  logControls: Map<OrgId, LogControl[]>;
  /** By caller: persons and when they were first asked for. */
  personsAsked: Map<string, Map<string, string>>;
  /** Keyed by `org/ref`. */
  youths: Map<string, MemoryYouth>;
  /** Keyed by `org/key`. */
  sourceKeys: Map<string, PersonRef>;
  /** Keyed by `org/ref` of a merged youth: the reference it was merged into. */
  merged: Map<string, PersonRef>;
  records: (StoredRecord & { org: OrgId })[];
  quarantine: Map<string, KeptItem & { org: OrgId; claimed?: boolean }>;
  parked: {
    org: OrgId;
    ref: PersonRef;
    lane: number;
    topic: string;
    partition: number;
    offset: bigint;
    received: string;
    reason: string;
    sealed: Buffer;
    released: boolean;
  }[];
  receipts: Map<
    string,
    {
      org: OrgId;
      feed: Feed;
      rows: number;
      received: string;
      idempotencyKey: string | null;
      bodyHash: Buffer;
      sender: string;
      institution: string | null;
      source?: ReceiptSource;
      sent: boolean;
    }
  >;
  receiptRows: Map<string, Map<number, { outcome: Outcome; problems: Problem[] }>>;
  lists: Map<string, MemoryList>;
  clocks: Map<string, string>;
  snapshots: Map<string, ReportSnapshot>;
  access: AccessList;
  subscriptions: Map<string, MemorySubscription>;
  deliveries: MemoryDelivery[];
  /** In the order in which NAV is notified. */
  navWithdrawals: (NavWithdrawal & { org: OrgId; recipient: OrganisationNumber; published: boolean })[];
  /** Highest id of a delivery that is gone: none is given twice. */
  deliveriesForgotten: number;
  replays: Map<string, Replay & { takenUpto: number }>;
  /** Keyed by `org/ref/cause`. */
  progress: Map<string, KnownProgress & { org: OrgId }>;
}

export function emptyState(): MemoryState {
  return {
    lanes: new Map(),
    refs: new Map(),
    numbers: new Map(),
    names: new Map(),
    audit: [],
    logControls: new Map(),
    personsAsked: new Map(),
    youths: new Map(),
    sourceKeys: new Map(),
    merged: new Map(),
    records: [],
    quarantine: new Map(),
    parked: [],
    receipts: new Map(),
    receiptRows: new Map(),
    lists: new Map(),
    clocks: new Map(),
    snapshots: new Map(),
    access: { grants: [], roles: [], proposals: [] },
    subscriptions: new Map(),
    deliveries: [],
    navWithdrawals: [],
    deliveriesForgotten: 0,
    replays: new Map(),
    progress: new Map(),
  };
}

export function laneById(state: MemoryState, id: number): MemoryLane {
  for (const lane of state.lanes.values()) if (lane.id === id) return lane;
  throw new Error(`no lane ${id}`);
}
