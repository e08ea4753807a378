import { z } from '@hono/zod-openapi';
import { PROBLEM_CODES, type Problem } from '../../core/problem.ts';

export const ProblemSchema = z
  .object({
    code: z.enum(PROBLEM_CODES),
    field: z.string().openapi({ description: 'Sti til feltet i avsenderens post; tom for hele posten.' }),
    text: z.string().openapi({ description: 'Hva som er galt.' }),
    cure: z.string().openapi({ description: 'Hva avsenderen gjør med det.' }),
    raw: z.string().optional().openapi({ description: 'Den ukjente koden, når den kan vises.' }),
  })
  // JSON has no undefined: `raw` is there or it is not.
  .openapi('Problem') as z.ZodType<Problem>;

const ProblemDocumentSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:ot-bridge:NOT_JSON' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'Hva som er galt, og hva du gjør.' }),
    problems: z.array(ProblemSchema),
    id: z.string().optional().openapi({ description: 'Ved uventet feil: samme id står i loggen.' }),
    parts: z.array(z.string()).optional().openapi({ description: 'Ved helsesjekk: delene det gjelder.' }),
  })
  .openapi('ProblemDocument', { description: 'RFC 9457. Bærer aldri verdier fra det som ble sendt.' });

/** The refusals of a route, for its description. Every route may also answer 500. */
export function refusals(texts: Record<number, string>) {
  const all = { ...texts, 500: 'Uventet feil; id-en står i loggen' };
  return Object.fromEntries(
    Object.entries(all).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: ProblemDocumentSchema } } },
    ]),
  );
}
