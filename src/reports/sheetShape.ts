import { z } from 'zod';
import { AUDIENCES } from '../core/report/sheet.ts';

// A report as JSON, checked again by its reader.

const CellSchema = z.union([z.string(), z.number(), z.null()]);

const TableSchema = z.object({
  name: z.string(),
  title: z.string(),
  columns: z.array(z.object({ name: z.string(), title: z.string(), kind: z.enum(['text', 'number']) })),
  rows: z.array(
    z.object({
      /** By column name; null where there is no value or it is suppressed. */
      values: z.record(z.string(), CellSchema),
      /** Suppressed columns: a small figure, or one it could be computed from. */
      hidden: z.array(z.string()),
      sum: z.boolean(),
    }),
  ),
  /** One row is one youth. */
  personal: z.boolean(),
});

export const SheetSchema = z.object({
  name: z.string(),
  title: z.string(),
  audience: z.enum(AUDIENCES),
  county: z.string(),
  countyName: z.string().nullable(),
  schoolYear: z.string(),
  /** The day the figures describe. */
  on: z.string(),
  /** Records received by then are counted. */
  cutoff: z.string(),
  /** Code list version of the statuses. */
  codeList: z.string().nullable(),
  /** Rules and definitions behind the figures, in words. */
  follows: z.array(z.string()),
  tables: z.array(TableSchema),
});

export type SheetDocument = z.infer<typeof SheetSchema>;
export type SheetDocumentTable = SheetDocument['tables'][number];
