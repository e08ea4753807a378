import { isNavDisclosure, type NavDisclosure, type OutboxMessage } from '../../core/messages/messages.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { Store } from '../../store/port.ts';
import type { Vault } from '../../store/vault.ts';
import { type DisclosureParts, isDisclosed, standing } from './disclosure.ts';

export interface HeldParts extends Pick<DisclosureParts, 'now' | 'policy' | 'onUnreadable'> {
  store: Pick<Store, 'withCurrent'>;
  nav: Pick<NavRecords, 'agreements' | 'heldMessages' | 'forgetHeld'>;
  vault: Pick<Vault, 'open'>;
  prepare(message: OutboxMessage): OutgoingRecord;
  publisher: Pick<Publisher, 'publish'>;
}

const PUBLISH_DEADLINE_MS = 10_000;

/**
 * Publishes what was held for want of an agreement, once one holds: each under a lock on its youth, if its alert is still open
 * and both consents hold, under the id it had. The agreement is asked for at each: it may be revoked between two. A crash in
 * between publishes it again under the same id.
 * @returns how many were published
 */
export async function releaseHeld(parts: HeldParts, org: OrgId): Promise<number> {
  // What is held is not read until it may leave.
  if (!(await standing(parts, org)).agreed) return 0;
  let published = 0;
  for (const { id, ref, sealed } of await parts.nav.heldMessages(org)) {
    const message = messageIn(parts.vault.open(sealed));
    let agreed = false;
    let unread = false;
    await parts.store.withCurrent(org, [ref], async ([loaded]) => {
      const at = await standing(parts, org);
      agreed = at.agreed;
      const disclosed = agreed && isDisclosed(message, loaded, { now: at.now, policy: parts.policy });
      unread = disclosed === 'unreadable';
      if (disclosed !== true) return;
      await parts.publisher.publish([parts.prepare(message)], { deadlineMs: PUBLISH_DEADLINE_MS });
      published += 1;
    });
    if (!agreed) break;
    // It is kept until it can be decided; the others go on.
    if (unread) parts.onUnreadable(ref);
    else await parts.nav.forgetHeld(org, id);
  }
  return published;
}

function messageIn(opened: Buffer): NavDisclosure {
  const message: OutboxMessage = JSON.parse(opened.toString());
  if (!isNavDisclosure(message)) throw new Error('what was held is no answer of NAV');
  return message;
}
