import type { AdapterContext, FeedAdapter } from '../../core/feedAdapter.ts';
import type { Lane } from '../../core/lane.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { ShowQuestion } from '../../core/nav/disclosed.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Policy } from '../../core/policy.ts';
import { epochOf, type IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ShrinkageLimit } from '../../jobs/lists/shrinkage.ts';
import type { FeedRecord } from '../../kafka/feedSource.ts';
import { RECEIPT, ROW } from '../../kafka/headers.ts';
import { disclosedYouth } from '../../store/disclosedYouth.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { Commit, LoadedYouth, Outcome, Store } from '../../store/port.ts';
import type { Vault } from '../../store/vault.ts';
import type { Decode } from '../../wire/decode.ts';
import { decideAll } from '../decideBatch.ts';
import type { Decided } from '../decidedBatch.ts';
import { identify } from '../load.ts';
import { createReader, type Reading } from '../read.ts';
import type { DecidedRecord, DecidedYouth, Packing } from '../writes.ts';
import { type ListTried, tryList } from './listResult.ts';
import { createTriedStore, type TriedStore } from './overlayStore.ts';
import { countOutcomes, type TriedRow, triedRows } from './rowResult.ts';

export interface DryRun {
  rows: TriedRow[];
  counts: Record<Outcome, number>;
  /** What would be concluded from the rows as a whole list; null when they are no list. */
  list: ListTried | null;
  /** Youths of the organisation that the rows were decided on. */
  met: ReadonlySet<PersonRef>;
}

/** Records as they would go to Kafka. */
export interface TriedRecord {
  value: Buffer;
  headers: Record<string, string>;
}

export interface Watched {
  /** `problems`: what follows from rows that go well is left out; of a long list it is most of the memory. */
  shown?: 'all' | 'problems';
  /** Is called after each portion with how many records have been tried so far. */
  seen?: ((records: number) => void) | undefined;
}

/** Returns what records would do if received at `received`, and does nothing. */
export type TryRecords = (
  org: OrgId,
  feed: Feed,
  records: readonly TriedRecord[],
  received: IsoInstant,
  watched?: Watched,
) => Promise<DryRun>;

export interface DryRunParts {
  store: Pick<Store, 'find' | 'inOrderGiven' | 'load'>;
  operations: Pick<Operations, 'pastLists'>;
  vault: Vault;
  decode: Decode;
  adapters: readonly FeedAdapter[];
  contextOf(org: OrgId): AdapterContext;
  policyOf(org: OrgId): Policy;
  /** With NAV. */
  agreementsOf(org: OrgId): Promise<ShowQuestion['agreements']>;
  limitFor(org: OrgId): ShrinkageLimit;
}

/** As many as the pipeline takes in a batch; between portions the pipeline runs. */
const PORTION = 400;
/** Placeholder receipt: a dry run has none. */
const NO_RECEIPT = '00000000-0000-0000-0000-000000000000';

/**
 * Reads, looks up and decides with the pipeline's own parts, and stops before commit: no number is stored, nothing is
 * written, nothing goes to Kafka. Later rows are decided on what earlier ones would have led to.
 */
export function createDryRun(parts: DryRunParts): TryRecords {
  return async (org, feed, records, received, { shown = 'all', seen } = {}) => {
    const adapter = parts.adapters.find((each) => each.feed === feed);
    if (adapter === undefined) throw new Error(`no adapter reads ${feed}`);
    const read = createReader({ org, adapter, decode: parts.decode, context: parts.contextOf(org) });
    const met = new Set<PersonRef>();
    const agreements = await parts.agreementsOf(org);
    const question = { agreements, policy: parts.policyOf(org), at: received };
    const store = createTriedStore(noting(parts.store, met, question));
    const rows: TriedRow[] = [];
    const listRows: Commit['listRows'] = [];
    const rowOfKey = new Map<string, number>();
    for (let first = 0; first < records.length; first += PORTION) {
      const portion = records.slice(first, first + PORTION);
      const readings = portion.map((record, index) => read(rowRecord(record, first + index + 1, received)));
      const decided = await decidePortion(parts, store, { org, feed, readings });
      store.keep(decided.commit.youths);
      for (const listRow of decided.commit.listRows) listRows.push(listRow);
      for (const row of triedRows(readings, decided, rowOfKey))
        rows.push(shown === 'problems' && goesWell(row) ? { ...row, events: [] } : row);
      seen?.(first + portion.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const list = await tryList(parts, org, listRows, received);
    return { rows, counts: countOutcomes(rows), list, met };
  };
}

/** Its outcome says all there is to say. */
export function goesWell({ outcome, problems }: Pick<TriedRow, 'outcome' | 'problems'>): boolean {
  return outcome === 'applied' && problems.length === 0;
}

/** Notes which youths are found: not those that rows of the dry run would have made. What NAV has said and may not be shown
 *  is left out of them, or what would become of it would show it. */
function noting(
  store: DryRunParts['store'],
  met: Set<PersonRef>,
  question: ShowQuestion,
): DryRunParts['store'] {
  const note = (youths: ReadonlyMap<PersonRef, LoadedYouth>) => {
    for (const { ref, version } of youths.values()) if (version > 0) met.add(ref);
    return new Map([...youths].map(([ref, loaded]) => [ref, disclosedYouth(loaded, question)]));
  };
  return {
    inOrderGiven: (refs) => store.inOrderGiven(refs),
    async load(org, refs) {
      return note(await store.load(org, refs));
    },
    async find(org, hmacs, refs) {
      const found = await store.find(org, hmacs, refs);
      return { ...found, youths: note(found.youths) };
    },
  };
}

/** As Kafka would hand it over. */
function rowRecord(record: TriedRecord, row: number, received: IsoInstant): FeedRecord {
  const headers = { ...record.headers, [RECEIPT]: NO_RECEIPT, [ROW]: String(row) };
  return { offset: BigInt(row), timestamp: epochOf(received), value: record.value, headers };
}

async function decidePortion(
  parts: DryRunParts,
  store: TriedStore,
  portion: { org: OrgId; feed: Feed; readings: readonly Reading[] },
): Promise<Decided<DecidedRecord, DecidedYouth>> {
  const { org, feed, readings } = portion;
  const people = await identify({ store, vault: parts.vault }, org, readings);
  return decideAll(
    {
      lane: laneOf(org, feed),
      policy: parts.policyOf(org),
      // What a record about NAV would lead to says whether the youth has consented.
      mayKeep: () => false,
      agreements: [],
      vault: parts.vault,
      // Reported as the row's outcome, not to the operator.
      onDecisionFailed: () => undefined,
      packing: AS_DECIDED,
    },
    readings,
    people,
  );
}

/** What is decided is shown, not stored or sent: it stays as it is. */
const AS_DECIDED: Packing<DecidedRecord, DecidedYouth> = {
  record: (decided) => decided,
  youth: (decided) => decided,
  message: (message) => message,
};

const NEVER_SENT = { producerId: -1n, fence: 0 };

/** A lane without a worker. */
function laneOf(org: OrgId, feed: Feed): Lane {
  const topic = feedTopic(org, feed);
  const unread = { shift: 0n, clusterId: null, topicId: null, mark: null };
  return {
    org,
    topic,
    partition: 0,
    id: 0,
    epoch: 0,
    nextOffset: 0n,
    publishedUpto: 0n,
    ...unread,
    ...NEVER_SENT,
  };
}
