import type { MemoryState } from './state.ts';

/** The reference under which the youth is known now: lists remember those they were read under. */
export function currentRef(state: Pick<MemoryState, 'merged'>, org: string, ref: string): string {
  for (let at = ref; ; ) {
    const into = state.merged.get(`${org}/${at}`);
    if (into === undefined) return at;
    at = into;
  }
}
