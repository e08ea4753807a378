import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { senderOf } from '../../core/access/principal.ts';
import { OPEN_FEEDS } from '../../core/access/scope.ts';
import { openAdapter } from '../../desk/submission/openFeed.ts';
import { createSubmit, draftOf, type Sender } from '../../desk/submission/submit.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import type { AuditNotes } from '../auditNotes.ts';
import { createBodyBudget } from '../body/bodyBudget.ts';
import { withSubmission } from '../body/readSubmission.ts';
import { organisationOfHeader } from '../organisationOf.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute, prepare } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { OrgParams } from './params.ts';

/** All concurrent submissions, in bytes as sent: two of the largest and many small ones. */
const BODY_BUDGET = 128 * 1024 * 1024;

export const SubmittedSchema = z
  .object({
    receiptId: z.string(),
    rows: z.number().int(),
    receipt: z.string().openapi({ description: 'Adressen til kvitteringen.' }),
  })
  .openapi('Submitted');

/** Plain schemas, not zod: the body is read as a stream and judged row by row, by the feed's adapter. */
const record = { type: 'object' as const, description: 'Én post; feltene står i strømmens README.' };
/** Also of a dry run, which takes the same. */
export const feedBody = {
  required: true,
  content: {
    'application/json': {
      // A row that is no record is a fault of that row alone, so an item may be anything.
      schema: { oneOf: [record, { type: 'array' as const, items: {}, minItems: 1, maxItems: 100_000 }] },
    },
    'application/avro': { schema: { type: 'string' as const, format: 'binary' } },
    'application/vnd.confluent.avro': { schema: { type: 'string' as const, format: 'binary' } },
  },
};

const description =
  'Én post, en liste av poster, VIGOs listedokument, eller én Avro-post i Confluents innramming. ' +
  'Svarer først når Kafka har bekreftet alle radene (acks=all). Rader med feil innhold havner i karantene og ' +
  'vises på kvitteringen; de andre går videre.';

const responses = {
  202: {
    description: 'Mottatt. Samme Idempotency-Key og samme innhold gir samme kvittering.',
    headers: z.object({ location: z.string() }),
    content: { 'application/json': { schema: SubmittedSchema } },
  },
  ...refusals({
    400: 'Kan ikke leses',
    403: 'Strømmen er bare for broen selv',
    404: 'Ukjent organisasjon eller strøm',
    409: 'Nøkkelen er brukt til et annet innhold',
    413: 'For stort, eller for mange rader',
    415: 'Innholdstypen eller komprimeringen støttes ikke',
    422: 'Listedokumentet er ufullstendig eller feil',
    503: 'Kafka bekrefter ikke; send det samme på nytt',
  }),
};

export const feedParam = z.string().openapi({
  param: { name: 'feed', in: 'path' },
  description: OPEN_FEEDS.join(', '),
  example: 'school-dropout',
});
/** Of the short address. */
export const organisationHeader = z
  .string()
  .optional()
  .openapi({ description: 'Når det er flere organisasjoner.' });
/** Header of what is sent. */
export const idempotency = z.string().optional().openapi({
  description: '1–200 synlige tegn, helst en UUID.',
  pattern: '^[!-~]{1,200}$',
});

const fullRoute = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: '/organisations/{org}/feeds/{feed}',
  tags: ['feeds'],
  summary: 'Send inn til en strøm',
  description,
  request: {
    params: OrgParams.extend({ feed: feedParam }),
    headers: z.object({ 'idempotency-key': idempotency }),
    body: feedBody,
  },
  responses,
});

const shortRoute = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  path: '/feeds/{feed}',
  tags: ['feeds'],
  summary: 'Send inn til en strøm, når bare én organisasjon går på virkelig tid',
  description,
  request: {
    params: z.object({ feed: feedParam }),
    headers: z.object({
      'idempotency-key': idempotency,
      'x-organisasjon': organisationHeader,
    }),
    body: feedBody,
  },
  responses,
});

export function feedRoutes(api: Api, parts: ApiParts): void {
  const submit = createSubmit(parts);
  const budget = createBodyBudget(BODY_BUDGET);

  async function take(c: Context<ApiEnv>, feed: string) {
    const request = c.req.raw;
    const organisation = c.get('organisation');
    const from = senderFor(c);
    const { reach } = c.get('permission');
    const adapter = openAdapter(parts.adapters, feed);
    const draft = draftOf(parts, idempotencyKeyOf(request));
    const traceparent = request.headers.get('traceparent');
    const { receiptId, rows } = await withSubmission(
      { request, adapter, runId: draft.runId, budget },
      (submission) => submit({ organisation, adapter, draft, submission, from, reach, traceparent }),
    );
    return { receiptId, rows, receipt: `/organisations/${organisation.id}/receipts/${receiptId}` };
  }

  api.openapi(fullRoute, async (c) => {
    const answer = await take(c, c.req.valid('param').feed);
    noteReceipt(c.get('audit'), answer);
    return c.json(answer, 202, { location: answer.receipt });
  });
  prepare(api, shortRoute, organisationOfHeader(parts.organisations));
  api.openapi(shortRoute, async (c) => {
    const answer = await take(c, c.req.valid('param').feed);
    noteReceipt(c.get('audit'), answer);
    return c.json(answer, 202, { location: answer.receipt });
  });
}

export function senderFor(c: Context<ApiEnv>): Sender {
  const { reach } = c.get('permission');
  const [institution = null] = reach.kind === 'institutions' ? reach.institutions : [];
  return { sender: senderOf(c.get('principal')), institution };
}

/** Whom the rows are about is found out later, and is in the events. */
export function noteReceipt(audit: AuditNotes, { receiptId }: { receiptId: string }): void {
  audit.subjects([]);
  audit.item(`receipt:${receiptId}`);
}

/** The header may be a quoted string. */
export function idempotencyKeyOf({ headers }: Request): string | null {
  return headers.get('idempotency-key')?.replace(/^"(.*)"$/, '$1') ?? null;
}
