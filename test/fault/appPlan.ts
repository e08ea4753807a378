import * as z from 'zod';

export const MUTANT_NAMES = [
  'commit-before-processing',
  'drop-a-publish',
  'skip-dedupe',
  'skip-consent',
  'ignore-cursor',
  'publish-out-of-order',
  'skip-recovery',
] as const;
export type MutantName = (typeof MUTANT_NAMES)[number];

/** Planted around the feed source, and caught by the play of lane faults. */
export const LANE_MUTANT_NAMES = ['ignore-marker', 'bad-batch-stops-all'] as const;
export type LaneMutantName = (typeof LANE_MUTANT_NAMES)[number];

/** The app's plan, as one JSON argument. */
export const appPlan = z.object({
  brokers: z.array(z.string()),
  databaseUrl: z.string(),
  /** 32 bytes, hexadecimal. */
  vaultKey: z.string(),
  org: z.string(),
  county: z.string(),
  partitions: z.int(),
  laneProcesses: z.int(),
  mutant: z.enum([...MUTANT_NAMES, ...LANE_MUTANT_NAMES]).nullable(),
});
export type AppPlan = z.infer<typeof appPlan>;
