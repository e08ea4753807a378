import { z } from '@hono/zod-openapi';
import { TokenRefused } from '../../access/machine/tokenRefused.ts';
import { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { CONSENT_PARTIES } from '../../core/youth/statusEvent.ts';
import { recordsOf } from '../../desk/consents/altinnEvidence.ts';
import { openAdapter } from '../../desk/submission/openFeed.ts';
import { createSubmit, draftOf } from '../../desk/submission/submit.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { noteReceipt, SubmittedSchema, senderFor } from './feeds.ts';
import { OrgParams } from './params.ts';

const RETRY_SECONDS = 10;
/** Longer than any token of Maskinporten's. */
const LONGEST = 8_192;

const number = () => z.string().regex(/^\d{11}$/);

const EvidenceBody = z
  .strictObject({
    fodselsnummer: number().openapi({ description: 'Ungdommen, også når en foresatt har samtykket.' }),
    part: z.enum(CONSENT_PARTIES),
    avgittAv: number().optional().openapi({
      description:
        'Den foresatte som har samtykket; må være den samme som i tokenet. Utelates for ungdommen selv.',
    }),
    antallForesatte: z.number().int().min(1).max(2).optional().openapi({
      description: 'Hvor mange som har foreldreansvar, der avsenderen vet det. Altinn vet det ikke.',
    }),
    token: z.string().max(LONGEST).openapi({
      description:
        'Token fra Maskinporten med ett samtykke fra Altinn i authorization_details, hentet nå og til dette API-et.',
    }),
  })
  .openapi('ConsentEvidence');

const route = defineRoute({
  'x-access': 'feed:write',
  method: 'post',
  // The feed is a parameter so that its scope is asked for.
  path: '/organisations/{org}/feeds/{feed}/altinn',
  tags: ['feeds'],
  summary: 'Send et samtykke fra Altinn som bevis',
  description:
    'Signatur, utsteder, mottaker og tid kontrolleres, hvem som har gitt det og til hvem, og at det gjelder en ressurs fylkeskommunen har sagt fra om (altinnConsents). ' +
    'Det blir én post i strømmen consent for hver side det gjelder. Tokenet tas ikke vare på.',
  middleware: smallBody,
  request: {
    params: OrgParams.extend({
      feed: z
        .literal('consent')
        .openapi({ param: { name: 'feed', in: 'path' }, description: 'Bare consent.' }),
    }),
    body: { required: true, content: { 'application/json': { schema: EvidenceBody } } },
  },
  responses: {
    202: {
      description: 'Mottatt. Det samme samtykket en gang til er en duplikat.',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: SubmittedSchema } },
    },
    ...refusals({
      400: 'Kan ikke leses',
      404: 'Ukjent organisasjon',
      413: 'For stort',
      415: 'Ikke JSON',
      422: 'Beviset godtas ikke; detail sier hvorfor',
      503: 'Utstederen eller Kafka svarer ikke; send det samme på nytt',
    }),
  },
});

export function consentEvidenceRoutes(api: Api, parts: ApiParts): void {
  const submit = createSubmit(parts);

  api.openapi(route, async (c) => {
    const { fodselsnummer, part, avgittAv, antallForesatte, token } = c.req.valid('json');
    const organisation = c.get('organisation');
    const adapter = openAdapter(parts.adapters, c.req.valid('param').feed);
    const consent = await consentIn(parts, token);
    const submission = recordsOf(
      {
        consent,
        youth: new Fodselsnummer(fodselsnummer),
        party: part,
        guardian: avgittAv === undefined ? null : new Fodselsnummer(avgittAv),
        guardians: antallForesatte === undefined ? null : antallForesatte === 1 ? 1 : 2,
      },
      parts.policyOf(organisation.id),
    );
    const submitted = await submit({
      organisation,
      adapter,
      draft: draftOf(parts, null),
      submission,
      from: senderFor(c),
      reach: c.get('permission').reach,
      traceparent: c.req.header('traceparent') ?? null,
    });
    const answer = {
      ...submitted,
      receipt: `/organisations/${organisation.id}/receipts/${submitted.receiptId}`,
    };
    noteReceipt(c.get('audit'), answer);
    return c.json(answer, 202, { location: answer.receipt });
  });
}

async function consentIn({ consentTokens }: Pick<ApiParts, 'consentTokens'>, token: string) {
  if (consentTokens === null)
    throw new HttpProblem(
      'EVIDENCE_REFUSED',
      'Her kan ingen samtykker fra Altinn kontrolleres, for MASKINPORTEN_ISSUER er ikke satt. Send svaret til strømmen consent i stedet.',
    );
  try {
    return await consentTokens.consentIn(token);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    if (error.code === 'ISSUER_AWAY')
      throw new HttpProblem('ISSUER_AWAY', error.message, { retryAfterSeconds: RETRY_SECONDS });
    // The caller's own token is another, and was believed.
    throw new HttpProblem('EVIDENCE_REFUSED', error.message);
  }
}
