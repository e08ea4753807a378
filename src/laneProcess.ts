import type { Bridge } from './bridge/bridge.ts';
import type { FromLaneProcess, ToLaneProcess } from './bridge/laneProcesses.ts';
import { keepCompiled } from './config/keepCompiled.ts';

// A process that works lanes for the command that started it (bridge/laneProcesses.ts), which says with what and when to
// stop. When that has died, this dies as it would have: nothing is lost, and no command would restart it.

/** Ctrl-C reaches this process as well: the command decides. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(1));
const say = (message: FromLaneProcess) => process.send?.(message);

// It shares the cores with the process that decides meanwhile: compiling took it 0.6 s of a processor.
keepCompiled();
const { startBridge } = await import('./bridge/bridge.ts');
const { createLogger } = await import('./telemetry/logger.ts');
let bridge: Promise<Bridge> | undefined;

process.on('message', (message: ToLaneProcess) => {
  switch (message.kind) {
    case 'start': {
      const { level, ...options } = message.options;
      bridge = startBridge({ ...options, log: createLogger({ level }) });
      // One that cannot start is tried again by the command, with a pause.
      bridge.catch(() => process.exit(1));
      break;
    }
    case 'report':
      void bridge
        ?.then(({ report }) => report())
        .then((report) => say({ kind: 'report', id: message.id, report }))
        .catch(() => undefined);
      break;
    case 'stop':
      void Promise.resolve(bridge?.then((running) => running.stop())).finally(() => process.exit(0));
      break;
  }
});
say({ kind: 'asksForOptions' });
