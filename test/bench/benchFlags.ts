import { parseArgs } from 'node:util';

/** What `npm run bench` is asked for. */
export type BenchTask =
  | { task: 'pipeline' }
  | { task: 'against'; build: string; heap: boolean; own: boolean }
  | { task: 'peers'; warm: boolean };

/** @throws with a sentence when the flags do not go together */
export function readFlags(argv: readonly string[]): BenchTask {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      against: { type: 'string' },
      heap: { type: 'boolean', default: false },
      own: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      warm: { type: 'boolean', default: false },
    },
  });
  const { against, heap, own, peers, warm } = values;
  if (against !== undefined && peers) throw new Error('--against and --peers are two runs');
  if (against === undefined && (heap || own)) throw new Error('--heap and --own need --against <build>');
  if (!peers && warm) throw new Error('--warm needs --peers');
  if (against !== undefined) return { task: 'against', build: against, heap, own };
  return peers ? { task: 'peers', warm } : { task: 'pipeline' };
}

/** Of a bench that only measures this checkout, or compares it. */
export function readAgainst(argv: readonly string[]): string | undefined {
  return parseArgs({ args: [...argv], options: { against: { type: 'string' } } }).values.against;
}
