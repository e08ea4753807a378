import { otUngdom } from '../../core/fint/otUngdom.ts';
import { relativeAddress } from '../../core/fint/resource.ts';
import { LaneLost } from '../../core/laneLost.ts';
import type { Organisation } from '../../core/organisation.ts';
import { addDays, epochOf, type IsoDate, instantOf } from '../../core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../core/time/oslo.ts';
import { schoolYearOf } from '../../core/time/schoolYear.ts';
import { type Fence, fenceOf } from '../../kafka/fence.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { FintProjection, FintTurn, FullSync, UnsentEntry } from '../../store/fintPort.ts';
import type { Store } from '../../store/port.ts';
import { type FintSync, fintRecord } from '../../wire/fintRecord.ts';
import { followFint, standingOf } from './followFint.ts';

// FINT's topic, from committed events. One process at a time sends, under a fence of its own: what a former one still has in
// flight is either overwritten by its successor, who sends everything that is not known to be there, or refused by Kafka.

export interface FintSyncParts {
  projection: FintProjection;
  store: Pick<Store, 'load'>;
  publisher: Pick<Publisher, 'publish'>;
  organisation: Organisation;
  /** Names this process. */
  holder: string;
  newId(): string;
  /** Epoch milliseconds. */
  now(): number;
  /** By the organisation's clock. */
  today(): Promise<IsoDate>;
}

export interface FintSyncing {
  /** Sends what has changed, and a full sync when one is due. Does nothing while another process sends. */
  round(): Promise<void>;
}

const LEASE_MS = 30_000;
const PAGE = 500;
/** Steps and pages of one round; the rest is the next one's. */
const MOST = 40;
/** Less than the lease: a send that takes longer is another holder's. */
const SEND_MS = 20_000;
/** A full sync each night, at this time in Oslo. */
const FULL_AT_MS = 3 * 60 * 60_000;

export function createFintSync(parts: FintSyncParts): FintSyncing {
  const { projection, organisation, holder } = parts;
  let held: { turn: FintTurn; fence: Fence } | undefined;

  async function taken(): Promise<{ turn: FintTurn; fence: Fence } | undefined> {
    if (held !== undefined && (await projection.renewFint(held.turn, LEASE_MS))) return held;
    const turn = await projection.claimFint(organisation.id, holder, LEASE_MS);
    const fences = { raiseFence: (of: FintTurn, by: number) => projection.raiseFintFence(of, by) };
    held = turn === undefined ? undefined : { turn, fence: fenceOf(fences, turn) };
    return held;
  }

  return {
    async round() {
      const now = await taken();
      if (now === undefined) return;
      try {
        const upToDate = await sendChanges(parts, now);
        if (upToDate) await sendFull(parts, now);
      } catch (error) {
        // How far a send came is not known: a new turn sends again what is not marked.
        held = undefined;
        if (!(error instanceof LaneLost)) throw error;
      }
    },
  };
}

interface Held {
  turn: FintTurn;
  fence: Fence;
}

/** @returns whether nothing is left to send */
async function sendChanges(parts: FintSyncParts, { turn, fence }: Held): Promise<boolean> {
  const { projection, organisation } = parts;
  const clock = { today: await parts.today(), now: parts.now, most: MOST };
  for (let page = 0; page < MOST; page++) {
    // Before each page, so that what changed during the send before is sent next, above all that a youth has left.
    if (!(await followFint(projection, organisation, clock))) return false;
    const unsent = await projection.unsentFint(turn, PAGE);
    if (unsent.length === 0) return true;
    const [gone, there] = [
      unsent.filter(({ standing }) => standing === null),
      await stillThere(parts, clock.today, unsent),
    ];
    const records = [
      ...recordsOf(parts, gone, { type: 'DELETE', id: parts.newId(), total: gone.length }),
      ...recordsOf(parts, there, { type: 'DELTA', id: parts.newId(), total: there.length }),
    ];
    if (!(await send(parts, { turn, fence }, records))) return false;
    if (!(await projection.sentFint(turn, [...gone, ...there]))) throw new LaneLost();
  }
  return false;
}

async function sendFull(parts: FintSyncParts, { turn, fence }: Held): Promise<void> {
  const { projection } = parts;
  const full = await projection.beginFullFint(turn, {
    id: parts.newId(),
    now: parts.now(),
    dueBefore: lastFullDue(parts.now()),
  });
  if (full !== undefined) await sendPages(parts, { turn, fence }, full);
}

/** To its end: half of one is worth nothing to a receiver. */
async function sendPages(parts: FintSyncParts, { turn, fence }: Held, full: FullSync): Promise<void> {
  const { projection, organisation } = parts;
  const today = await parts.today();
  for (;;) {
    await followFint(projection, organisation, { today, now: parts.now, most: MOST });
    const page = await projection.unsentFullFint(turn, PAGE);
    const there = await stillThere(parts, today, page);
    // One has left meanwhile: with the stated total it cannot be completed, which is found out when the view is followed.
    if (there.length < page.length) continue;
    const records = recordsOf(parts, there, { type: 'FULL', ...full });
    if (!(await send(parts, { turn, fence }, records))) throw new LaneLost();
    const then = await projection.sentFullFint(turn, there);
    if (then === 'lost') throw new LaneLost();
    if (then !== 'goes-on') return;
  }
}

/** As the youths are at this moment: none is sent whose departure is committed and not yet in the view. */
async function stillThere<T extends UnsentEntry>(
  { store, organisation }: FintSyncParts,
  today: IsoDate,
  entries: readonly T[],
): Promise<T[]> {
  const named = entries.filter(({ standing }) => standing !== null);
  const youths = await store.load(
    organisation.id,
    named.map(({ ref }) => ref),
  );
  return named.filter(({ ref }) => {
    const youth = youths.get(ref);
    return youth !== undefined && standingOf(youth, organisation, schoolYearOf(today)) !== null;
  });
}

function recordsOf({ organisation }: FintSyncParts, entries: readonly UnsentEntry[], sync: FintSync) {
  return entries.map(({ ref, standing, modified }) =>
    fintRecord(
      organisation.id,
      {
        resource: 'otungdom',
        id: ref,
        value: standing === null ? null : otUngdom(ref, standing, relativeAddress),
        modified,
      },
      sync,
    ),
  );
}

/** False when the turn is another's by now. */
async function send(
  { projection, publisher }: FintSyncParts,
  { turn, fence }: Held,
  records: ReturnType<typeof recordsOf>,
): Promise<boolean> {
  if (!(await projection.renewFint(turn, LEASE_MS))) return false;
  if (records.length > 0) await publisher.publish(records, { fence, deadlineMs: SEND_MS });
  return true;
}

function lastFullDue(now: number): number {
  const today = osloDate(instantOf(now));
  const due = epochOf(startOfOsloDay(today)) + FULL_AT_MS;
  return due <= now ? due : epochOf(startOfOsloDay(addDays(today, -1))) + FULL_AT_MS;
}
