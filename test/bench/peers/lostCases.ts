import type { Cost } from '../cost.ts';
import { median } from '../turns.ts';

export const BRIDGE = 'the bridge';

/** One run of the bridge or of a peer. */
export interface PeerRun {
  name: string;
  kind: 'cold' | 'warm';
  cost: Cost;
}

interface Figure {
  name: string;
  of(cost: Cost): number;
  more: 'better' | 'worse';
  digits: number;
}

const FIGURES: readonly Figure[] = [
  { name: 'records/s', of: (cost) => cost.eventsPerSecond, more: 'better', digits: 0 },
  {
    name: 'µs of CPU per record in all',
    of: (cost) => cost.app + cost.broker + cost.database,
    more: 'worse',
    digits: 1,
  },
  { name: 'MB at most', of: (cost) => cost.peakMegabytes, more: 'worse', digits: 0 },
];

/** Medians of the bridge and of each peer, a line for each kind of run, peer and figure in which the bridge is behind. */
export function lostCases(runs: readonly PeerRun[]): string[] {
  const kinds = [...new Set(runs.map(({ kind }) => kind))];
  const peers = [...new Set(runs.map(({ name }) => name))].filter((name) => name !== BRIDGE);
  return kinds.flatMap((kind) =>
    peers.flatMap((peer) =>
      FIGURES.flatMap(({ name, of, more, digits }) => {
        const middle = (whose: string) =>
          median(runs.flatMap((run) => (run.kind === kind && run.name === whose ? [of(run.cost)] : [])));
        const [ours, theirs] = [middle(BRIDGE), middle(peer)];
        const behind = more === 'better' ? ours < theirs : ours > theirs;
        const ratio = (ours / theirs).toFixed(2);
        return behind
          ? [`${kind}, ${name}: ${ours.toFixed(digits)}, ${peer} ${theirs.toFixed(digits)} (${ratio})`]
          : [];
      }),
    ),
  );
}
