import type { IsoInstant } from '../time/date.ts';
import type { Call } from './call.ts';
import type { StateReason, Subscription } from './subscription.ts';

/** The call to an owner's other receivers about one that has been disabled. */
export function noticeOf({ id, version, reason }: Subscription, at: IsoInstant): Call {
  return {
    eventId: `subscription/${id}/${version}/disabled`,
    kind: 'notice',
    ref: null,
    subject: `${id} ${reason ?? 'FAILING'}`,
    version: 0,
    n: 0,
    recorded: at,
    owners: [],
    hidden: false,
    takesBack: false,
    disclosesNav: false,
  };
}

/** What a notice is about. */
export function noticed(subject: string): { subscription: string; reason: StateReason } {
  const [subscription = '', reason = 'FAILING'] = subject.split(' ');
  return { subscription, reason: reason as StateReason };
}
