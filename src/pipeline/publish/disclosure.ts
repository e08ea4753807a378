import { stillDisclosed } from '../../core/consent/stillDisclosed.ts';
import { alertIdOf } from '../../core/messages/alertId.ts';
import type { NavDisclosure } from '../../core/messages/messages.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { NavQuestion } from '../../core/nav/mayAsk.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { LoadedYouth, Store } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import type { Vault } from '../../store/vault.ts';

export interface DisclosureParts {
  store: Pick<Store, 'withCurrent'>;
  nav: Pick<NavRecords, 'agreements' | 'holdMessage'>;
  vault: Pick<Vault, 'seal'>;
  org: OrgId;
  /** By the organisation's clock, at the moment it is called. */
  now(): Promise<IsoInstant>;
  /** A youth is stored in a way that this program cannot read: whether it may be disclosed is not known. */
  onUnreadable(ref: PersonRef): void;
  policy: NavQuestion['policy'];
}

/**
 * Consent and agreement are asked for again before every try to publish: they can be gone since the decision. What lacks a
 * consent is dropped; what lacks an agreement, or is about a youth that cannot be read, is kept, sealed, until it can be
 * decided (heldMessages.ts), and stops nothing else. The youths stay locked until
 * `send` has ended, so that no withdrawal is committed before what it stops has left.
 * @param send with those that may leave now
 */
export async function whilePermitted(
  messages: readonly NavDisclosure[],
  parts: DisclosureParts,
  send: (permitted: ReadonlySet<NavDisclosure>) => Promise<void>,
): Promise<void> {
  const { org } = parts;
  const refs = [...new Set(messages.map(({ ref }) => ref))].sort();
  await parts.store.withCurrent(org, refs, async (youths) => {
    const known = new Map(youths.map((loaded) => [loaded.ref, loaded]));
    const { now, agreed } = await standing(parts, org);
    const judged = Map.groupBy(messages, (each) =>
      isDisclosed(each, known.get(each.ref), { now, policy: parts.policy }),
    );
    const unread = judged.get('unreadable') ?? [];
    const disclosed = judged.get(true) ?? [];
    for (const ref of new Set(unread.map(({ ref: unreadable }) => unreadable))) parts.onUnreadable(ref);
    for (const message of agreed ? unread : [...disclosed, ...unread]) {
      const sealed = parts.vault.seal(Buffer.from(JSON.stringify(message)));
      await parts.nav.holdMessage(org, { id: message.id, ref: message.ref, sealed, held: now });
    }
    await send(new Set(agreed ? disclosed : []));
  });
}

/** Whether an agreement holds, by the clock of this moment. */
export async function standing(
  { nav, now }: { nav: Pick<NavRecords, 'agreements'>; now(): Promise<IsoInstant> },
  org: OrgId,
): Promise<{ now: IsoInstant; agreed: boolean }> {
  const agreements = await nav.agreements(org);
  const at = await now();
  return { now: at, agreed: agreementAt(agreements, at) !== null };
}

export function isDisclosed(
  message: NavDisclosure,
  loaded: LoadedYouth | undefined,
  at: { now: IsoInstant; policy: NavQuestion['policy'] },
): boolean | 'unreadable' {
  const youth = loaded && readable(loaded);
  if (loaded !== undefined && youth === undefined) return 'unreadable';
  return stillDisclosed(youth, (alert) => alertIdOf(alert, message.ref) === message.value.alertId, at);
}
