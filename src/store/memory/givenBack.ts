import type { RelayQueue } from '../relayPort.ts';
import { leasedNow, waits } from './deliveries.ts';
import type { MemoryState } from './state.ts';

export function givenBack(
  state: MemoryState,
): Pick<RelayQueue, 'release' | 'awaitAgreement' | 'awaitingAgreement' | 'resume'> {
  return {
    async release({ delivery, lease }, nextAt) {
      const found = leasedNow(state, delivery.id, lease);
      if (found === undefined) return false;
      Object.assign(found, { nextAt, leasedUntil: null });
      return true;
    },
    async awaitAgreement({ delivery, lease }) {
      const found = leasedNow(state, delivery.id, lease);
      if (found === undefined) return false;
      Object.assign(found, { nextAt: null, leasedUntil: null, awaitsAgreement: true });
      return true;
    },
    awaitingAgreement: async () => {
      const waiting = state.deliveries.filter((each) => waits(each) && each.awaitsAgreement);
      const orgs = waiting.flatMap(
        ({ subscription }) => state.subscriptions.get(subscription)?.entry.org ?? [],
      );
      return [...new Set(orgs)];
    },
    async resume(org, at) {
      const waiting = state.deliveries.filter(
        (each) =>
          waits(each) &&
          each.awaitsAgreement &&
          each.nextAt === null &&
          state.subscriptions.get(each.subscription)?.entry.org === org,
      );
      for (const each of waiting) Object.assign(each, { nextAt: at, awaitsAgreement: false });
      return waiting.length;
    },
  };
}
