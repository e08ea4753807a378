import type { Line } from './register.ts';
import type { Standing } from './standing.ts';

/** A registered youth at a cut-off, and with which status. */
export interface Counted {
  line: Line;
  standing: Standing;
}
