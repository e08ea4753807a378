import { createMemoryStore } from '../../src/store/memory/store.ts';
import { vigoContract } from './vigoContract.ts';

const store = createMemoryStore();
vigoContract(async () => store);
