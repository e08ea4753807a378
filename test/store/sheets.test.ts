import { createMemoryStore } from '../../src/store/memory/store.ts';
import { sheetsContract } from './sheetsContract.ts';

const store = createMemoryStore();
sheetsContract(async () => store);
