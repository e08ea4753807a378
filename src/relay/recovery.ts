import type { IsoInstant } from '../core/date.ts';
import { fold } from '../core/evolve.ts';
import { type OutboxMessage, toMessages, ungdomMessage } from '../core/messages.ts';
import { permits } from '../core/permits.ts';
import { UNKNOWN_YOUTH } from '../core/youth.ts';
import type { Lane, Store, StoredRecord } from '../store/port.ts';
import type { Reader } from '../store/readerPort.ts';
import { type PublishParts, publishAll } from './publishBatch.ts';

/** Youths locked at a time while the compacted topic is brought up to date. */
const PAGE = 500;

export interface RecoveryParts
  extends Pick<PublishParts, 'publisher' | 'order' | 'outgoing' | 'publishRefused'> {
  store: Store;
  reader: Reader;
  /** Of what was decided before the stop, what may still be disclosed now (consent can be gone since). */
  permitted(message: OutboxMessage, org: string): Promise<boolean>;
}

/**
 * Publishes what was committed but perhaps not published when the lanes' last worker stopped. All lanes of one
 * organisation together: two feeds can have written the same youth, and only the version tells the order.
 * The records carry the same ids as the first time, so a consumer drops what it has.
 * @returns how many source records were looked at
 */
export async function recover(parts: RecoveryParts, org: string, lanes: readonly Lane[]): Promise<number> {
  const left: StoredRecord[] = [];
  for (const lane of lanes) left.push(...(await unpublished(parts.store, lane)));
  left.sort((a, b) => a.version - b.version);

  const outgoing: OutboxMessage[] = [];
  for (const record of left) {
    for (const message of await messagesOf(parts.reader, org, record)) {
      if (message.topic !== 'ot-ungdom' && (await parts.permitted(message, org))) outgoing.push(message);
    }
  }
  await publishAll(
    parts,
    outgoing.map((message) => parts.outgoing(message)),
  );

  // The compacted topic keeps the last record it gets: send the state as it is now, not as it was then.
  const refs = [...new Set(left.map((record) => record.ref))].sort();
  for (let at = 0; at < refs.length; at += PAGE) {
    await parts.store.withCurrent(org, refs.slice(at, at + PAGE), async (youths) => {
      const messages = youths.flatMap(({ ref, youth, version }) => {
        const last = left.findLast((record) => record.ref === ref);
        return last
          ? [ungdomMessage(youth, { org, ref, version, position: position(last), recorded: last.recorded })]
          : [];
      });
      await publishAll(
        parts,
        messages.map((message) => parts.outgoing(message)),
      );
    });
  }

  for (const lane of lanes) {
    lane.publishedUpto = lane.nextOffset;
    parts.order.advance(lane.id, lane.nextOffset);
    await parts.store.published(lane, lane.nextOffset);
  }
  return left.length;
}

async function unpublished(store: Store, lane: Lane): Promise<StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (let from = lane.publishedUpto; from < lane.nextOffset; ) {
    const page = await store.unpublished(lane, from, 2_000);
    all.push(...page);
    const last = page.at(-1);
    if (!last) break;
    from = last.offset + 1n;
  }
  return all;
}

/** The same messages as the first time: the youth as it stood after this very record. */
async function messagesOf(reader: Reader, org: string, record: StoredRecord): Promise<OutboxMessage[]> {
  const history = await reader.history(org, record.ref);
  const after = history
    .filter((earlier) => earlier.version <= record.version)
    .reduce((youth, { events }) => fold(youth, events), UNKNOWN_YOUTH);
  return toMessages(record.events, after, {
    org,
    ref: record.ref,
    position: position(record),
    version: record.version,
    recorded: record.recorded,
  });
}

function position(record: StoredRecord): string {
  return `${record.topic}/${record.partition}/${record.offset}`;
}

/**
 * Consent is asked for again at every publishing: a NAV answer that was decided before the stop goes out only if
 * its alert stands and both sides are permitted at this moment. Everything else has a statutory basis.
 */
export async function stillPermitted(
  message: OutboxMessage,
  parts: { store: Pick<Store, 'load'>; org: string; now: IsoInstant },
): Promise<boolean> {
  const { kind, state, alertId } = message.value;
  if (message.topic !== 'alert' || kind !== 'KJENT_HOS_NAV' || state === 'WITHDRAWN') return true;
  const youth = (await parts.store.load(parts.org, [message.ref])).get(message.ref)?.youth;
  if (!youth?.alerts.some((alert) => alert.kind === 'KJENT_HOS_NAV' && String(alertId).startsWith(alert.id)))
    return false;
  const consents = youth.facts.filter((fact) => fact.kind === 'Consent');
  const born = youth.facts.find((fact) => fact.born !== null)?.born ?? null;
  return (['A', 'B'] as const).every((side) => permits(consents, side, born, parts.now).permit);
}
