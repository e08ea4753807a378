import type { Variable } from './environment.ts';

/** Variables that cannot be used together, reported under one of them. */
export interface Conflict {
  name: Variable;
  /** Bokmål, after the name; no value in it. */
  text: string;
}
