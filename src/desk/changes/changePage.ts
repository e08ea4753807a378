import type { AccessGrant } from '../../core/access/principal.ts';
import type { MessageMeta } from '../../core/messages/messages.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Call } from '../../core/subscription/call.ts';
import { callsOf } from '../../core/subscription/calls.ts';
import { inOrder, type Step } from '../../core/subscription/inOrder.ts';
import { asksFor, type Hearing, mayHear } from '../../core/subscription/mayHear.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import { instantOf } from '../../core/time/date.ts';
import { fold } from '../../core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../core/youth/youth.ts';
import type { StoredRecord } from '../../store/port.ts';
import type { CommittedRecord } from '../../store/queriesPort.ts';
import { webhookIdOf } from '../../store/webhookId.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type ChangeView, changeView } from './changeBody.ts';
import type { ChangeCursor } from './cursor.ts';

// What a subscription would be called about, for those who come and ask: from the same records, in the same order, by the
// same decisions.

export type ChangeParts = Pick<
  DeskParts,
  'queries' | 'operations' | 'policyOf' | 'vault' | 'now' | 'baseUrl' | 'agreementsOf'
>;

/** Who reads. */
export interface ChangeReader
  extends Pick<Subscription, 'subscriber' | 'orgnr' | 'kinds' | 'owners' | 'protectedYouths'> {
  /** In force now. */
  grants: readonly AccessGrant[];
}

export interface ChangePage {
  changes: ChangeView[];
  cursor: ChangeCursor;
  /** There may be more now. */
  more: boolean;
  /** Whom the changes are about. */
  subjects: PersonRef[];
}

/** Records read of each lane for one page: enough for a page, few enough to be read in a moment. */
const RECORDS = 200;

export async function readChanges(
  parts: ChangeParts,
  organisation: Organisation,
  reader: ChangeReader,
  { cursor, limit }: { cursor: ChangeCursor; limit: number },
): Promise<ChangePage> {
  const { id: org } = organisation;
  const { beginsAt } = cursor;
  const { records, lanes: heads } = await parts.queries.committed(org, cursor.lanes, RECORDS);
  const steps = inOrder(records, cursor.lanes);
  const isAsked = ({ recorded }: StoredRecord) => beginsAt === null || recorded >= beginsAt;
  const asked = steps.flatMap((step) => step.records.filter(isAsked));
  const histories = await parts.queries.histories(org, [...new Set(asked.map(({ ref }) => ref))]);
  // A virtual clock's consents and agreements are its own time's.
  const at = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const now = {
    ...{ today: await todayOf(parts, organisation), policy: parts.policyOf(org), now: at },
    grants: reader.orgnr === null ? null : reader.grants,
    agreed: agreementAt(await parts.agreementsOf(org), at) !== null,
  };
  const names = parts.vault.pairwise(org, reader.subscriber);
  const lanes = new Map(cursor.lanes);
  const heard: Call[] = [];
  let taken = 0;
  for (const { lane, upto, records: together } of steps) {
    const calls = together
      .filter(isAsked)
      .flatMap((record) => heardOf(record, histories.get(record.ref) ?? [], { org, reader, now }));
    if (heard.length > 0 && heard.length + calls.length > limit) break;
    heard.push(...calls);
    lanes.set(lane, upto);
    taken += 1;
  }
  if (taken === steps.length && !isFull(records, steps)) {
    // Also past records without an event.
    for (const { id, nextOffset } of heads) lanes.set(id, nextOffset);
  }
  const changes = heard.map((call) =>
    changeView(call, { org, id: webhookIdOf(reader.subscriber, call.eventId), names, base: parts.baseUrl() }),
  );
  const more = taken < steps.length || isFull(records, steps);
  const subjects = heard.flatMap(({ ref }) => ref ?? []);
  return { changes, cursor: { lanes, beginsAt }, more, subjects };
}

/** A lane had as many records as were asked for: there are more behind them, unless all of them wait. */
function isFull(records: readonly CommittedRecord[], steps: readonly Step<CommittedRecord>[]): boolean {
  if (steps.length === 0) return false;
  return [...Map.groupBy(records, ({ lane }) => lane).values()].some((of) => of.length >= RECORDS);
}

function heardOf(
  record: CommittedRecord,
  history: readonly StoredRecord[],
  { org, reader, now }: { org: Organisation['id']; reader: ChangeReader; now: Omit<Hearing, 'youth'> },
): Call[] {
  let before: Youth = UNKNOWN_YOUTH;
  let after: Youth = UNKNOWN_YOUTH;
  let youth: Youth = UNKNOWN_YOUTH;
  for (const { version, events } of history) {
    if (version === record.version) before = youth;
    youth = fold(youth, events);
    if (version === record.version) after = youth;
  }
  const { ref, version, recorded, topic, partition, offset } = record;
  const meta: MessageMeta = { org, ref, version, recorded, position: `${topic}/${partition}/${offset}` };
  const calls = callsOf(record.events, before, after, meta);
  const asked = { ...reader, org, beginsAt: null };
  return calls.filter((call) => asksFor(asked, call) && mayHear(asked, call, { ...now, youth }) === null);
}
