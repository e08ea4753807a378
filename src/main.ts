import { keepCompiled } from './config/keepCompiled.ts';

keepCompiled();
const { main } = await import('./program.ts');
// All parts are stopped by now: a connection that a client opened meanwhile must not keep the program running.
process.exit(await main());
