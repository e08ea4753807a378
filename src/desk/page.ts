export interface PageAsked {
  /** `next` of the page before. */
  after?: string | undefined;
  /** Most lines. */
  limit: number;
}

/** The lines after a place, in the order of their places: a line keeps its own whatever comes or goes before it. */
export function pageOf<Line>(
  lines: readonly Line[],
  placeOf: (line: Line) => string,
  { after, limit }: PageAsked,
): { lines: Line[]; next: string | null } {
  const from = after === undefined ? null : Buffer.from(after, 'base64url').toString();
  const rest = from === null ? lines : lines.filter((line) => placeOf(line) > from);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  return { lines: page, next: more ? Buffer.from(placeOf(last)).toString('base64url') : null };
}
