import { createMemoryStore } from '../../src/store/memory/store.ts';
import { storeContract } from './contract.ts';

const store = createMemoryStore();
storeContract(async () => store);
