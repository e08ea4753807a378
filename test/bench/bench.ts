import { runAgainst } from './against/runAgainst.ts';
import { readFlags } from './benchFlags.ts';

// `npm run bench`: the whole pipeline (wholePipeline.ts), or this checkout by turns with another build (`--against <folder
// or commit>`, `--heap`, `--own`) or with programs of the simple job (`--peers`, `--warm`).

const task = readFlags(process.argv.slice(2));
if (task.task === 'against') await runAgainst(task);
else if (task.task === 'peers') await (await import('./peers/runPeers.ts')).runPeers(task);
else await import('./wholePipeline.ts');
