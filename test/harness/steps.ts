import { inTime } from './inTime.ts';

/** Steps of a long test, each bounded and named: a hang fails there, with how long the steps before it took. */
export interface Steps {
  /** @param patience milliseconds @throws with the step's name when it does not end in time */
  step<T>(name: string, work: () => Promise<T>, patience?: number): Promise<T>;
  /** Every step so far with its milliseconds, a line each. */
  report(): string;
}

export function createSteps(): Steps {
  const ended: string[] = [];
  const report = () => ended.join('\n');
  return {
    report,
    async step(name, work, patience) {
      const began = performance.now();
      const about = async () => `Before it:\n${report()}`;
      try {
        return await inTime(name, work, { ...(patience !== undefined && { patience }), about });
      } finally {
        ended.push(`${String(Math.round(performance.now() - began)).padStart(6)} ms  ${name}`);
      }
    },
  };
}
