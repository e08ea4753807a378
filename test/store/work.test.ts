import { createMemoryStore } from '../../src/store/memory/store.ts';
import { workContract } from './workContract.ts';

const store = createMemoryStore();
workContract(async () => store);
