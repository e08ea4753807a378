import { createMemoryStore } from '../../src/store/memory/store.ts';
import { bulkContract } from './bulkContract.ts';

const store = createMemoryStore();
bulkContract(async () => store);
