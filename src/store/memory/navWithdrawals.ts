import type { Subscription } from '../../core/subscription/subscription.ts';
import type { PlanningTurn } from '../relayPort.ts';
import type { MemoryState } from './state.ts';

/** Of the lists that the subscriber was given; in an open installation of all. */
export async function navWithdrawals(
  state: MemoryState,
  { id, org, orgnr, beginsAt }: Subscription,
  limit: number,
): ReturnType<PlanningTurn['navWithdrawals']> {
  const from = state.subscriptions.get(id)?.navUpto ?? 0;
  const found = state.navWithdrawals
    .map((each, place) => ({ ...each, place }))
    .slice(from)
    .filter((each) => each.org === org && (orgnr === null || each.recipient === orgnr))
    .filter((each) => beginsAt === null || each.at >= beginsAt)
    .slice(0, limit);
  const withdrawals = found.map(({ batch, matchId, at: since }) => ({ batch, matchId, at: since }));
  return { withdrawals, upto: BigInt((found.at(-1)?.place ?? -1) + 1) };
}
