import { z } from '@hono/zod-openapi';
import { wholeNumberOr } from './schema/wholeNumber.ts';

/** `next` of a page, at most so many characters: longer and other text is none of ours. */
export const cursorText = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);

/** How lists are asked for page by page. */
export const PageQuery = {
  limit: wholeNumberOr(500, 1, 5_000).openapi({
    description: 'Hvor mange linjer på en side. Et regneark (text/csv) har alle.',
  }),
  after: cursorText(2_000)
    .optional()
    .openapi({ description: '`next` fra siden før. Nye og borte linjer forskyver ingenting.' }),
};

export const OwnerQuery = z
  .string()
  .regex(/^\d{5}$/)
  .optional()
  .openapi({ description: 'Bare det OT-enheten har ansvaret for.', example: '40200' });

export const NextPage = z
  .string()
  .nullable()
  .openapi({ description: 'Sett som `after` for neste side; null på den siste.' });
