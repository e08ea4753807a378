import * as z from 'zod';
import { VIGO_VERSION } from '../../../src/core/vigo/otFile.ts';
import { ALERT_KINDS } from '../../../src/core/youth/youthEvent.ts';

// What is reported to VIGO, sent as FINT and published to NAV, as JSON Schemas for those who read it in. Closed: a field that is not named here never comes.

const row = {
  rad: z.int().min(1).describe('Number in the file; a receipt names it.'),
  skolear: z.string().regex(/^\d{4}-\d{2}$/),
  aktivitetskode: z
    .string()
    .describe('otData.aktivitetskode: status of the code list that is current on the date.'),
  dato: z.iso.date().describe('From when the status holds.'),
  tilmeldingskode: z.string().nullable(),
  tilknytningnr: z.string().describe('otData.tilknytningnr: the OT unit.'),
  varsel: z.enum(ALERT_KINDS).nullable().describe('Newest open alert, where asked for.'),
};
const fil = z.uuid().describe('The file; a receipt names it.');
const versjon = z.literal(VIGO_VERSION);

/** The JSON form of the file, with the columns of the CSV form. */
export const VigoFileJson = z
  .strictObject({
    versjon,
    fil,
    rader: z
      .array(
        z.strictObject({
          ...row,
          fodselsnummer: z
            .string()
            .regex(/^\d{11}$/)
            .describe('person.fnr'),
        }),
      )
      .min(1),
  })
  .meta({ title: 'File to VIGO' });

/** A row on the topic: with the reference, never with the number. */
export const VigoTopicRow = z
  .strictObject({ versjon, fil, ref: z.uuid().describe('Person reference, a random token.'), ...row })
  .meta({ title: 'Row reported to VIGO' });

/** What is published to NAV of a row that it may no longer use: on the topic; a call has the same two names. */
export const withdrawnRow = {
  batch: z
    .string()
    .regex(/^B-\d{4}-\d{2}$/)
    .describe('The list, as NAV fetched it.'),
  matchId: z
    .string()
    .regex(/^pw_[a-z2-7]{26}$/)
    .describe('The row: what NAV has for it is deleted.'),
};
export const NavWithdrawalValue = z
  .strictObject({ ...withdrawnRow, at: z.iso.datetime().describe('Since when it may not be used.') })
  .meta({ title: 'Row of a list that NAV may no longer use' });

const link = z.array(z.strictObject({ href: z.string().regex(/^systemid\/.+$/) })).length(1);

/** What the topic of FINT has of a youth; null when it has left. */
export const FintTopicValue = z
  .strictObject({
    systemId: z.strictObject({
      identifikatorverdi: z.uuid().describe('Person reference, a random token; never an identity number.'),
    }),
    _links: z.strictObject({ self: link, status: link, enhet: link }),
  })
  .nullable()
  .meta({ title: 'OtUngdom' });

const FOLDER = new URL('../../../schemas/', import.meta.url);

export const PROJECTION_SCHEMAS = [
  [new URL('vigo/file.schema.json', FOLDER), VigoFileJson],
  [new URL('vigo/row.schema.json', FOLDER), VigoTopicRow],
  [new URL('fint/otungdom.schema.json', FOLDER), FintTopicValue],
  [new URL('nav/withdrawal.schema.json', FOLDER), NavWithdrawalValue],
] as const;

export function jsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7' }), null, 2)}\n`;
}
