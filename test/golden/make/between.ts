/** The page with what was made between two marks. @throws when the marks are gone */
export function between(page: string, begin: string, made: string, end: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the page has lost its marks ${begin.trim()} and ${end}`);
  return `${page.slice(0, from)}${begin}${made}${page.slice(to)}`;
}
