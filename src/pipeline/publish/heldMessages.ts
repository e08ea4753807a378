import { isNavDisclosure, type NavDisclosure, type OutboxMessage } from '../../core/messages/messages.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { Store } from '../../store/port.ts';
import type { Vault } from '../../store/vault.ts';
import { type DisclosureParts, isDisclosed } from './disclosure.ts';

export interface HeldParts extends Pick<DisclosureParts, 'now' | 'policy'> {
  store: Pick<Store, 'withCurrent'>;
  nav: Pick<NavRecords, 'agreements' | 'heldMessages' | 'forgetHeld'>;
  vault: Pick<Vault, 'open'>;
  prepare(message: OutboxMessage): OutgoingRecord;
  publisher: Pick<Publisher, 'publish'>;
}

const PUBLISH_DEADLINE_MS = 10_000;

/**
 * Publishes what was held for want of an agreement, once one holds: each under a lock on its youth, if its alert is still open
 * and both consents hold, under the id it had. A crash in between publishes it again under the same id.
 * @returns how many were published
 */
export async function releaseHeld(parts: HeldParts, org: OrgId): Promise<number> {
  const held = await parts.nav.heldMessages(org);
  if (held.length === 0 || agreementAt(await parts.nav.agreements(org), parts.now) === null) return 0;
  let published = 0;
  for (const { id, ref, sealed } of held) {
    const message = messageIn(parts.vault.open(sealed));
    await parts.store.withCurrent(org, [ref], async ([loaded]) => {
      if (!isDisclosed(message, loaded, parts)) return;
      await parts.publisher.publish([parts.prepare(message)], { deadlineMs: PUBLISH_DEADLINE_MS });
      published += 1;
    });
    await parts.nav.forgetHeld(org, id);
  }
  return published;
}

function messageIn(opened: Buffer): NavDisclosure {
  const message: OutboxMessage = JSON.parse(opened.toString());
  if (!isNavDisclosure(message)) throw new Error('what was held is no answer of NAV');
  return message;
}
