import { whyAlert } from '../../desk/alerts/why.ts';
import { alertAsked, entryNamedBy, raisedNamedBy } from '../../desk/subscriptions/names.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { WhySchema } from '../schema/whySchema.ts';
import { AlertParams } from './alerts.ts';

const route = defineRoute({
  'x-access': 'alert:read',
  method: 'get',
  path: '/organisations/{org}/alerts/{id}/why',
  tags: ['alerts'],
  summary: 'Hvorfor et varsel kom: regelen, meldingene, fristene, hva som avslutter det, og uten en melding',
  request: { params: AlertParams },
  responses: {
    200: { description: 'Grunnen', content: { 'application/json': { schema: WhySchema } } },
    ...refusals({ 404: 'Ukjent varsel' }),
  },
});

export function whyAlertRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'policyOf' | 'vault' | 'newId'>,
): void {
  api.openapi(route, async (c) => {
    const { masked } = c.get('permission');
    const organisation = c.get('organisation');
    const asked = alertAsked(parts, organisation, c.get('principal'), c.req.valid('param').id);
    const why = await whyAlert(deskFor(c, parts), organisation, { asked, masked });
    c.get('audit').subjects([why.ref]);
    c.get('audit').item(`id:${why.alert.id}`);
    if (asked === undefined) return c.json(why, 200);
    const { names } = asked;
    const sources = why.sources.map((each) => ({ ...each, entry: entryNamedBy(names, each.entry) }));
    return c.json({ ...why, ...raisedNamedBy(names, why), sources }, 200);
  });
}
