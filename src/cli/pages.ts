import type { z } from 'zod';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';

/** How the rest of a list is shown. @param command with what it takes, without `--etter` */
export function moreLines(command: string, next: string | null): string[] {
  return next === null ? [] : [`Det er flere. Neste side: npm run ot -- ${command} --etter ${next}`];
}

/** All pages of a list, one after the other. @param path with its query so far, without `after` */
export async function everyPage<Page extends { next: string | null }>(
  ask: Ask,
  { schema, path, org }: { schema: z.ZodType<Page>; path: string; org: string },
): Promise<[Page, ...Page[]]> {
  const first = found(schema, await ask(path), org);
  const pages: [Page, ...Page[]] = [first];
  for (let { next } = first; next !== null; ) {
    const page = found(schema, await ask(`${path}&after=${encodeURIComponent(next)}`), org);
    pages.push(page);
    ({ next } = page);
  }
  return pages;
}
