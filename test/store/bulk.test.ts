import { createMemoryStore } from '../../src/store/memory/store.ts';
import { bulkContract } from './bulkContract.ts';
import { itemJobContract } from './itemJobContract.ts';

const store = createMemoryStore();
bulkContract(async () => store);
itemJobContract(async () => store);
