// The figures of a report and the sums that bind them: what is checked before it is shown, and what a reader could
// compute from.

export interface Figure {
  value: number;
  /** How many of them live at an address under the strictest protection. */
  strict: number;
}

/** `total` = the sum of `parts`, all names of figures. */
export interface Sum {
  total: string;
  parts: readonly string[];
}

export interface Figures {
  figures: ReadonlyMap<string, Figure>;
  sums: readonly Sum[];
}

/** Nothing is published that does not add up.
 *  @throws naming the first sum that does not, or that names a figure never counted. */
export function crossFoot({ figures, sums }: Figures): void {
  for (const { total, parts } of sums) {
    for (const what of ['value', 'strict'] as const) {
      const whole = figureOf(figures, total)[what];
      const added = parts.reduce((sum, part) => sum + figureOf(figures, part)[what], 0);
      if (whole !== added)
        throw new Error(`the tables do not cross-foot: ${total} is ${whole}, its parts are ${added}`);
    }
  }
}

export function figureOf(figures: ReadonlyMap<string, Figure>, name: string): Figure {
  const figure = figures.get(name);
  if (figure === undefined) throw new Error(`no figure is called ${name}`);
  return figure;
}
