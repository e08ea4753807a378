import { createMemorySessions } from '../../src/store/memory/sessions.ts';
import { sessionsContract } from './sessionsContract.ts';

sessionsContract(async () => createMemorySessions());
