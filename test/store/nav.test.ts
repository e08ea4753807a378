import { createMemoryStore } from '../../src/store/memory/store.ts';
import { navContract } from './navContract.ts';

const store = createMemoryStore();
navContract(async () => store);
