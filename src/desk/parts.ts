import type { FeedAdapter } from '../core/feedAdapter.ts';
import type { Agreement, AgreementTerm } from '../core/nav/agreement.ts';
import type { Organisation, OrgId } from '../core/organisation.ts';
import type { Purpose } from '../core/person/identityPurpose.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Policy } from '../core/policy.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
import type { Publisher } from '../kafka/publisher.ts';
import type { TryRecords } from '../pipeline/dryRun/dryRun.ts';
import type { AccessRecords } from '../store/accessPort.ts';
import type { AuditTrail } from '../store/auditPort.ts';
import type { BulkRecords, ItemAct } from '../store/bulkPort.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Store } from '../store/port.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { SubscriptionRecords } from '../store/relayPort.ts';
import type { SheetRecords } from '../store/sheetsPort.ts';
import type { Vault } from '../store/vault.ts';
import type { WorkProjection } from '../store/workPort.ts';
import type { Decode } from '../wire/decode.ts';
import type { KeptRecord } from '../wire/sealedRecord.ts';
import type { LaneLook } from './lanes/laneLoad.ts';
import type { Receivers } from './subscriptions/receivers.ts';

/** What is done about an access. */
export type AccessAct = 'register' | 'propose' | 'grant' | 'approve' | 'turn-down' | 'revoke';

/** What is done with a subscription. */
export type SubscriptionAct =
  | 'add'
  | 'change'
  | 'close'
  | 'verify'
  | 'test'
  | 'pause'
  | 'enable'
  | 'rotate'
  | 'replay'
  | 'replay-start'
  | 'replay-stop';

/** What is logged of a submission or an operator's act: ids, codes, counts. */
export type DeskEvent =
  | { event: 'submitted'; org: OrgId; feed: Feed; receipt: string; rows: number; repeated: boolean }
  | { event: 'replayed' | 'mended' | 'discarded'; org: OrgId; item: string }
  | {
      event: 'bulkEnded';
      org: OrgId;
      act: ItemAct['type'];
      items: number;
      handled: number;
      failed: number;
    }
  | {
      event: 'bulkMade' | 'bulkStarted' | 'bulkStopped';
      org: OrgId;
      item: string;
      /** Youths. */
      records: number;
    }
  | { event: 'released'; org: OrgId; ref: PersonRef; records: number; reason: string }
  | { event: 'laneGoesOn'; org: OrgId; topic: string; partition: number; offset: bigint }
  | { event: 'personsCapped'; org: OrgId; caller: string; most: number }
  | { event: 'identified'; org: OrgId; purpose: Purpose; given: number; refused: number }
  | { event: 'listActed'; org: OrgId; list: string; run: string; how: 'confirm' | 'drop' | 'conclude' }
  | { event: 'accessActed' | 'agreementActed'; org: OrgId; act: AccessAct; access: string }
  | { event: 'subscriptionActed'; org: OrgId; act: SubscriptionAct; access: string }
  | { event: 'clockMoved'; org: OrgId; now: IsoInstant };

/** What the desk works with. Each use case names the few it takes. */
export interface DeskParts {
  queries: Queries;
  operations: Operations;
  audit: AuditTrail;
  /** The worklists' rows: brought up to date by each request. */
  work: WorkProjection;
  /** The same act on many youths, as jobs. */
  bulk: BulkRecords;
  /** Reports as they were last counted. */
  sheets: SheetRecords;
  store: Pick<Store, 'resolve'>;
  accessRecords: AccessRecords;
  subscriptions: SubscriptionRecords;
  receivers: Receivers;
  /** Under which callers reach the API, without a slash at the end. */
  baseUrl(): string;
  vault: Vault;
  publisher: Publisher;
  adapters: readonly FeedAdapter[];
  organisations: readonly Organisation[];
  /** What the organisation's county has decided. @throws when the bridge does not work for it. */
  policyOf(org: OrgId): Policy;
  /** With NAV: nothing personal, and what else may be shown depends on them. */
  agreementsOf(org: OrgId): Promise<readonly (AgreementTerm & Pick<Agreement, 'party'>)[]>;
  environment: 'test' | 'production';
  /** Epoch milliseconds. */
  now(): number;
  /** A UUID. */
  newId(): string;
  /** Where a partition's log begins and ends in Kafka now; undefined when it is not there. */
  logOf(topic: string, partition: number): Promise<{ start: bigint; end: bigint } | undefined>;
  laneLook: LaneLook;
  /** A feed record as the pipeline will decode it (JSON or framed Avro, envelope from the headers). */
  decode: Decode;
  /** The record inside an opened quarantine or parking seal. */
  keptRecord(opened: Buffer): KeptRecord;
  /** What records would lead to if they came in; does nothing. */
  dryRun: TryRecords;
  /** Moves a virtual clock and plays what falls due. Resolves with the clock's new time. */
  moveClock(org: OrgId, now: IsoInstant): Promise<IsoInstant>;
  log(event: DeskEvent): void;
}
