import type { Play } from './stage.ts';

/** Acceptance scenarios of the domain reference §3: the title begins with the id, the rest is a statement of policy. */
export type Scenarios = Readonly<Record<string, (play: Play) => Promise<void>>>;
