import { partsOfAlertId } from '../messages/alertId.ts';
import { isNavDisclosure, type MessageMeta, type OutboxMessage, toMessages } from '../messages/messages.ts';
import { shareFor } from '../protection/share.ts';
import { type Registration, sameKey, type Youth } from '../youth/youth.ts';
import type { RegistrationKey, YouthEvent } from '../youth/youthEvent.ts';
import type { Call } from './call.ts';

/** Whether the events can lead to a call: most records say nothing new, and their youth's history need not be read. */
export function leadsToCalls(events: readonly YouthEvent[]): boolean {
  return events.some(
    (event) =>
      'schoolYear' in event ||
      event.type === 'ProtectionChanged' ||
      event.type === 'AlertRaised' ||
      event.type === 'AlertChanged' ||
      event.type === 'AlertWithdrawn',
  );
}

/**
 * The calls that one record of a youth leads to, exactly as its messages are published, with their ids. `before` and
 * `after` are the youth without and with the events.
 */
export function callsOf(
  events: readonly YouthEvent[],
  before: Youth,
  after: Youth,
  meta: MessageMeta,
): Call[] {
  const regraded = events.some(
    (event) => event.type === 'ProtectionChanged' && hides(event.to) && !hides(event.from),
  );
  return toMessages(events, after, meta).flatMap((message) => {
    const call = callOf(message, { before, after, regraded });
    return call === null ? [] : [call];
  });
}

interface Around {
  before: Youth;
  after: Youth;
  /** The record is what hid the youth. */
  regraded: boolean;
}

function callOf(message: OutboxMessage, { before, after, regraded }: Around): Call | null {
  const { id, ref } = message;
  const { version, recorded } = message.value;
  const n = Number(id.slice(id.lastIndexOf('/') + 1));
  const head = { eventId: id, ref, version, n, recorded, disclosesNav: isNavDisclosure(message) };
  switch (message.topic) {
    case 'status': {
      const { value } = message;
      const hidden = hides(value.protection);
      // What has just been hidden is taken back from the units that had it, and from no other.
      const owners = hidden
        ? regraded
          ? formerOwners(before, value.schoolYear)
          : []
        : ownersOf(value, before, after);
      return { ...head, kind: 'status', subject: null, owners, hidden, takesBack: hidden && regraded };
    }
    case 'alert':
    case 'alert-protected': {
      const { value, topic } = message;
      const cause = partsOfAlertId(value.alertId)?.cause ?? null;
      const former = before.alerts.find((alert) => alert.id === cause)?.owner ?? null;
      const hidden = topic === 'alert-protected';
      // On `alert` nothing is said of a youth in hiding but that an alert is gone.
      const takesBack = !hidden && value.state === 'TRUKKET';
      const current = hides(value.protection) ? null : value.owner;
      const owners = hidden ? [] : distinct([current, former]);
      return { ...head, kind: 'alert', subject: cause, owners, hidden, takesBack };
    }
    case 'status-group': {
      const { county, schoolYear } = message.value;
      if (county === null || schoolYear === null)
        return {
          ...{ ...head, kind: 'status-group', subject: null, hidden: true, takesBack: true },
          owners: formerOwners(before, null),
        };
      const owners = ownersOf({ county, schoolYear }, before, after);
      return { ...head, kind: 'status-group', subject: null, owners, hidden: false, takesBack: false };
    }
    case 'ot-ungdom':
      return null;
  }
}

function hides(grade: Parameters<typeof shareFor>[0]): boolean {
  return shareFor(grade).hidden;
}

function ownersOf(
  { county, schoolYear }: { county: string | null; schoolYear: RegistrationKey['schoolYear'] },
  before: Youth,
  after: Youth,
): string[] {
  const ownerIn = ({ registrations }: Youth) =>
    registrations.find((known: Registration) => sameKey(known, { county, schoolYear } as RegistrationKey))
      ?.owner ?? null;
  return distinct([ownerIn(after), ownerIn(before)]);
}

/** @param schoolYear null: of any */
function formerOwners({ registrations }: Youth, schoolYear: RegistrationKey['schoolYear'] | null): string[] {
  const owned = registrations.filter((known) => schoolYear === null || known.schoolYear === schoolYear);
  return distinct(owned.map(({ owner }) => owner));
}

function distinct(owners: readonly (string | null)[]): string[] {
  return [...new Set(owners.filter((owner) => owner !== null))];
}
