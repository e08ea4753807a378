import { z } from 'zod';

// The shapes of the reference data that test/golden/codelists/generate.ts reads.

const code = z.string().min(1);
const day = z.iso.date();
export const otFile = z.object({
  versjoner: z.array(
    z.object({
      id: code,
      gjelderFra: day.nullable(),
      gjelderTil: day.nullable(),
      kilde: z.string(),
      koder: z
        .array(
          z.object({
            nr: code,
            kode: code.nullable(),
            tekst: code,
            gruppe: z.int(),
            maalgruppe: z.boolean().nullable(),
            viaOTSporsmaal: z.boolean().default(false),
          }),
        )
        .nullable(),
    }),
  ),
  hovedgrupper: z.record(code, z.record(z.string(), z.string())),
});
export const mappingFile = z.object({
  defaultMapping: z.record(code, z.object({ til: code, type: code, alternativer: z.array(code) })),
  kontrollsum: z.object({
    perKode: z.record(code, z.int()),
    maalgruppe: z.int(),
    utenfor: z.int(),
    karantene: z.int(),
    sum: z.int(),
  }),
});
export const countFile = z.object({ rader: z.array(z.object({ kode: code.nullable(), iAlt: z.int() })) });
export const fintFile = z.object({
  wish_statuses: z.object({ rows: z.array(z.object({ nr: z.int(), kode: code, tekst: code })) }),
  avbruddsarsak_B06: z.record(day, z.array(code)),
  ajourhold_B01: z.record(code, code),
  // A string in the place of a version says that none was found.
  avslutning_C12: z.record(code, z.union([z.string(), z.record(code, code)])),
  fylke_overgang: z.array(z.object({ dato: day, fra: z.array(code), til: z.array(code) })),
});
const moves = z.array(z.object({ fra: code, til: code, dato: day, delvis: z.boolean().default(false) }));
export const countyFile = z.object({
  til2018: moves,
  til2020: moves,
  til2024: z.array(z.object({ fra: code, til: z.array(code) })),
  fylker2024: z.record(code, code),
});

export type OtFile = z.infer<typeof otFile>;
export type MappingFile = z.infer<typeof mappingFile>;
export type CountFile = z.infer<typeof countFile>;
export type FintFile = z.infer<typeof fintFile>;
export type CountyFile = z.infer<typeof countyFile>;
