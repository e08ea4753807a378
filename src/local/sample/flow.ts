// How many youths move from one cell of a table to another between two dates. The tables give only the margins; a few
// moves are given, and the rest is derived: as many as possible stay, the surplus fills the cells with too few, in
// cell order. Deterministic for the same margins and moves.

export interface Move<Cell> {
  from: Cell;
  to: Cell;
  count: number;
}

/** @throws when the margins differ in sum or the given moves do not fit them. */
export function solveFlows<Cell extends string>(
  cells: readonly Cell[],
  before: Readonly<Record<Cell, number>>,
  after: Readonly<Record<Cell, number>>,
  stated: readonly Move<Cell>[],
): Move<Cell>[] {
  const leaving: Record<Cell, number> = { ...before };
  const arriving: Record<Cell, number> = { ...after };
  const flows: Move<Cell>[] = [];
  const take = (from: Cell, to: Cell, count: number): void => {
    if (count === 0) return;
    leaving[from] -= count;
    arriving[to] -= count;
    if (leaving[from] < 0 || arriving[to] < 0) throw new Error(`${count} cannot move from ${from} to ${to}`);
    flows.push({ from, to, count });
  };
  for (const { from, to, count } of stated) take(from, to, count);
  for (const cell of cells) take(cell, cell, Math.min(leaving[cell], arriving[cell]));
  for (const from of cells) for (const to of cells) take(from, to, Math.min(leaving[from], arriving[to]));
  if (cells.some((cell) => leaving[cell] !== 0 || arriving[cell] !== 0)) {
    throw new Error('the margins before and after differ in sum');
  }
  return flows;
}
