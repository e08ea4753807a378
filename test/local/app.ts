import { startKafka } from '../../src/local/kafka.ts';
import { startPostgres } from '../../src/local/postgres.ts';

// An app to be killed: starts one part, prints its pid, and stays.
// Arguments: kafka | postgres, folder, port, cache folder.

const [which, dir = '', port = '', cacheDir = ''] = process.argv.slice(2);
const plan = { dir, port: Number(port), cacheDir, log: () => undefined };
const part = which === 'kafka' ? await startKafka(plan) : await startPostgres(plan);
console.log(part.pid());
setInterval(() => undefined, 60_000);
