import { memoryRelay } from '../../src/store/memory/relayQueue.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { memorySubscriptions } from '../../src/store/memory/subscriptions.ts';
import { navContract } from './navContract.ts';
import { navWithdrawalContract } from './navWithdrawalContract.ts';

const state = emptyState();
const store = createMemoryStore(state);
navContract(async () => store);
navWithdrawalContract(async () => ({
  ...{ store, queue: memoryRelay(state), records: memorySubscriptions(state) },
}));
