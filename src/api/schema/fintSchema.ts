import { z } from '@hono/zod-openapi';

const Links = z.record(z.string(), z.array(z.object({ href: z.string() })));
const SystemId = z.object({ identifikatorverdi: z.string() });
const Code = { systemId: SystemId, kode: z.string(), navn: z.string(), passiv: z.boolean(), _links: Links };

export const OtUngdomSchema = z.object({ systemId: SystemId, _links: Links }).openapi('OtUngdom');

export const OtStatusSchema = z
  .object({
    ...Code,
    gyldighetsperiode: z.object({ start: z.string(), slutt: z.string().optional() }).optional(),
    type: z.literal('O'),
  })
  .openapi('OtStatus');

export const OtEnhetSchema = z.object(Code).openapi('OtEnhet');

/** A page as FINT's consumer answers it. */
export function fintPageSchema<T extends z.ZodType>(entry: T) {
  return z.object({
    _embedded: z.object({ _entries: z.array(entry) }),
    _links: Links,
    offset: z.number().int(),
    size: z.number().int(),
    total_items: z.number().int(),
  });
}
