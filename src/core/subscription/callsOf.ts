import { isNavDisclosure, type MessageMeta, type OutboxMessage, toMessages } from '../messages/messages.ts';
import { sameKey, type Youth } from '../youth/youth.ts';
import type { YouthEvent } from '../youth/youthEvent.ts';
import type { Call } from './call.ts';

/** The calls about the messages of one record, in their order, under the ids they are published with.
 *  @param before the youth without the record's events @param after with them */
export function callsOf(
  events: readonly YouthEvent[],
  { before, after }: { before: Youth; after: Youth },
  meta: MessageMeta,
): Call[] {
  const hides = events.some(
    (event) => event.type === 'ProtectionChanged' && event.to === 'STRENGT_FORTROLIG',
  );
  return toMessages(events, after, meta).flatMap((message) => {
    const about = aboutOf(message, { before, after, hides });
    if (about === null) return [];
    const { ref, version, recorded } = meta;
    const n = Number(message.id.slice(message.id.lastIndexOf('/') + 1));
    return [
      { eventId: message.id, ref, version, n, recorded, disclosesNav: isNavDisclosure(message), ...about },
    ];
  });
}

type About = Pick<Call, 'kind' | 'subject' | 'owner' | 'hidden' | 'takesBack'>;

function aboutOf(
  message: OutboxMessage,
  { before, after, hides }: { before: Youth; after: Youth; hides: boolean },
): About | null {
  switch (message.topic) {
    case 'status': {
      const { protection, owner, ...key } = message.value;
      const hidden = protection === 'STRENGT_FORTROLIG';
      return {
        ...{ kind: 'status', subject: null, hidden, takesBack: hidden && hides },
        // An annulled registration was a unit's before.
        owner: hidden ? null : (owner ?? ownerIn(before, key)),
      };
    }
    case 'alert':
    case 'alert-protected': {
      const { owner, protection, alertId, state } = message.value;
      const hidden = protection === 'STRENGT_FORTROLIG';
      const takesBack = message.topic === 'alert' && state === 'TRUKKET';
      return { kind: 'alert', subject: alertId.slice(0, -37), owner, hidden, takesBack };
    }
    case 'status-group': {
      const { open, ...key } = message.value;
      const owner = ownerIn(after, key) ?? ownerIn(before, key);
      return { kind: 'status-group', subject: null, owner, hidden: hides, takesBack: !open };
    }
    case 'ot-ungdom':
      return null;
  }
}

function ownerIn(youth: Youth, { schoolYear, county }: { schoolYear: string | null; county: string | null }) {
  if (schoolYear === null || county === null) return null;
  const key = { schoolYear, county: county as Youth['registrations'][number]['county'] };
  return youth.registrations.find((known) => sameKey(known, key))?.owner ?? null;
}
