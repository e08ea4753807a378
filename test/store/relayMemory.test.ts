import { memoryRelay } from '../../src/store/memory/relayQueue.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { memorySubscriptions } from '../../src/store/memory/subscriptions.ts';
import { relayContract } from './relayContract.ts';

const state = emptyState();
const store = createMemoryStore(state);
relayContract(async () => ({
  store,
  queries: store,
  queue: memoryRelay(state),
  records: memorySubscriptions(state),
}));
