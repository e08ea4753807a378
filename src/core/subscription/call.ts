import type { PersonRef } from '../person/reference.ts';
import type { IsoInstant } from '../time/date.ts';
import type { CallKind } from './subscription.ts';

/** One committed message that a receiver can be called about. Thin: what has changed is read from the API. */
export interface Call {
  /** As the message is published (`ce_id`): topic, partition, offset and number. It names the feed, and NAV's is one:
   *  it never leaves with a call. `receipt/<id>` of a receipt, `nav-withdrawal/<list>/<match id>`. */
  eventId: string;
  /** `notice`: another subscription of the owner's has been disabled. */
  kind: CallKind | 'notice';
  /** Null of a receipt, a withdrawal and a notice. */
  ref: PersonRef | null;
  /** `alert`: the cause, 16 hex digits. `receipt`: its id. `nav-withdrawal`: `<list> <match id>`. `notice`: `<subscription> <reason>`. Otherwise
   *  null. */
  subject: string | null;
  /** The youth's version after the event, and the message's number within it. 0 of a receipt. */
  version: number;
  n: number;
  recorded: IsoInstant;
  /** Owner units that it concerns: the one now, and the one it was taken from. None of a receipt, of a youth in hiding, of
   *  what belongs to no unit. */
  owners: readonly string[];
  /** About a youth at a strictly protected address (D01). */
  hidden: boolean;
  /** Says that something is no longer shared: sent also when the youth may no longer be heard of. */
  takesBack: boolean;
  /** Discloses a NAV answer: both consents are asked for again before each attempt. */
  disclosesNav: boolean;
}
