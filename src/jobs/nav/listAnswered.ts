/** The list that a delivery answers: `B-2026-11` of `B-2026-11b`, also of an id that was used again (`B-2026-11~2`). */
export function listAnswered(run: string): string {
  return run.slice(0, 'B-2026-11'.length);
}
