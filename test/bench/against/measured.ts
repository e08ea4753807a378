import type { Build } from '../build.ts';
import type { Cost } from '../cost.ts';

export const LOADS = ['new youths, cold', 'follow-up', 'status changes only'] as const;
export type Load = (typeof LOADS)[number];

export interface Measured {
  build: Build;
  load: Load;
  cost: Cost;
}

export interface Delay {
  build: Build;
  p50: number;
  p99: number;
}
