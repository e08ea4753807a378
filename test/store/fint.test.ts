import { createMemoryStore } from '../../src/store/memory/store.ts';
import { fintContract } from './fintContract.ts';

const store = createMemoryStore();
fintContract(async () => store);
