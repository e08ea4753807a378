import { createMemoryStore } from '../../src/store/memory/store.ts';
import { uploadContract } from './uploadContract.ts';

const store = createMemoryStore();
uploadContract(async () => store);
