import type { Call } from '../subscription/call.ts';
import type { IsoInstant } from '../time/date.ts';

/** A row of a month's list that NAV may no longer use. */
interface Withdrawal {
  batch: string;
  matchId: string;
  at: IsoInstant;
}

/** The same on the topic and in a call, however often it is sent. */
export function withdrawalId({ batch, matchId }: Pick<Withdrawal, 'batch' | 'matchId'>): string {
  return `nav-withdrawal/${batch}/${matchId}`;
}

/** The call to NAV about it: of no youth, so that none waits for another. */
export function withdrawalCall(withdrawal: Withdrawal): Call {
  const { batch, matchId, at } = withdrawal;
  return {
    eventId: withdrawalId(withdrawal),
    kind: 'nav-withdrawal',
    ref: null,
    subject: `${batch} ${matchId}`,
    version: 0,
    n: 0,
    recorded: at,
    owners: [],
    hidden: false,
    takesBack: false,
    disclosesNav: false,
  };
}

/** What a call is about, by its subject. */
export function withdrawalIn(subject: string): Pick<Withdrawal, 'batch' | 'matchId'> {
  const [batch = '', matchId = ''] = subject.split(' ');
  return { batch, matchId };
}
