import type { Organisation, OrgId } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { KeptItem, QuarantineKind, QuarantineStatus } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type QuarantineView, quarantineView } from './quarantineView.ts';
import { type ResendParts, recordOf } from './resend.ts';
import { alreadySettled, sendOnce, takenByAnother } from './sendOnce.ts';

interface QuarantineQuery {
  status: QuarantineStatus;
  /** `next` of the page before. */
  after?: string | undefined;
  limit: number;
  /** Only what is alike. */
  alike?: QuarantineKind | undefined;
  /** Without what the sender wrote. */
  masked: boolean;
}

/** The records that could not be processed. */
export async function quarantinePage(
  { queries }: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
  { status, after, limit, masked, alike }: QuarantineQuery,
): Promise<{ items: QuarantineView[]; next: string | null }> {
  const items = await queries.quarantine(org, {
    ...{ status, limit, after: after ?? null },
    ...(alike === undefined ? {} : { alike }),
  });
  const next = items.length === limit ? (items.at(-1)?.id ?? null) : null;
  return { items: items.map((item) => quarantineView(item, masked)), next };
}

/** @throws DeskRefusal UNKNOWN_ITEM */
export async function quarantineNamed(
  parts: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<QuarantineView> {
  return quarantineView(await itemOf(parts, org, id), masked);
}

type Settled = Extract<QuarantineStatus, 'replayed' | 'discarded'>;

/** Sends the record to its topic again and settles the item. @throws DeskRefusal UNKNOWN_ITEM, ALREADY_SETTLED,
 *  NOT_KEPT, KAFKA_SLOW */
export async function replay(
  parts: ResendParts & Pick<DeskParts, 'queries' | 'log'>,
  organisation: Organisation,
  { id, reason }: { id: string; reason: string },
): Promise<Settled> {
  const item = await itemOf(parts, organisation.id, id);
  const { value, headers } = recordOf(parts, item);
  await sendOnce(parts, organisation, { item, value, headers, reason });
  parts.log({ event: 'replayed', org: organisation.id, item: id });
  return 'replayed';
}

/** Settles the item without any effect. @throws DeskRefusal UNKNOWN_ITEM, ALREADY_SETTLED */
export async function discard(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'log'>,
  { id: org }: Organisation,
  { id, reason }: { id: string; reason: string },
): Promise<Settled> {
  const { status } = await itemOf(parts, org, id);
  if (status !== 'open') throw alreadySettled();
  // Else it could take effect, sent by another, and be said to have had none.
  if (!(await parts.operations.claimQuarantine(org, id))) throw takenByAnother();
  if (!(await parts.operations.settleQuarantine(org, id, 'discarded', reason))) throw alreadySettled();
  parts.log({ event: 'discarded', org, item: id });
  return 'discarded';
}

/** @throws DeskRefusal UNKNOWN_ITEM */
export async function itemOf(
  { queries }: Pick<DeskParts, 'queries'>,
  org: OrgId,
  id: string,
): Promise<KeptItem> {
  const found = await queries.quarantineItem(org, id);
  if (found) return found;
  throw new DeskRefusal('UNKNOWN_ITEM', DESK.nb.noItem);
}
