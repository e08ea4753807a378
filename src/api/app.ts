import { OpenAPIHono } from '@hono/zod-openapi';
import { VERSION } from '../config/version.ts';
import { createUploads } from '../desk/uploads/uploads.ts';
import { identifyCaller } from './accessGuard.ts';
import type { Addition } from './addition.ts';
import type { Api, ApiEnv } from './apiEnv.ts';
import { provideAudit } from './auditGuard.ts';
import { createCallerAddress } from './callerAddress.ts';
import { answerFailure } from './failure.ts';
import { problemResponse } from './httpProblem.ts';
import { internalFence } from './internalFence.ts';
import { INTERNAL_PATHS } from './internalPaths.ts';
import { invalidRequest, notFound } from './invalidRequest.ts';
import { limitAddress, limitCaller } from './limits/rateLimit.ts';
import { createSlots } from './limits/slots.ts';
import { organisationOf } from './organisationOf.ts';
import { refuseForeignOrigins } from './originGuard.ts';
import { otherMethod } from './otherMethod.ts';
import { peopleFromOwnPages } from './ownOrigin.ts';
import type { ApiParts } from './parts.ts';
import { addRaw, defineRoute } from './route.ts';
import { accessRoutes } from './routes/accesses.ts';
import { agreementRoutes } from './routes/agreements.ts';
import { alertRoutes } from './routes/alerts.ts';
import { bulkJobRoutes } from './routes/bulkJobs.ts';
import { changeRoutes } from './routes/changes.ts';
import { clockRoutes } from './routes/clock.ts';
import { consentEvidenceRoutes } from './routes/consentEvidence.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { disclosureRoutes } from './routes/disclosures.ts';
import { dryRunRoutes } from './routes/dryRun.ts';
import { feedRoutes } from './routes/feeds.ts';
import { fintRoutes } from './routes/fint.ts';
import { flowRoutes } from './routes/flow.ts';
import { frontRoutes } from './routes/front.ts';
import { identityRoutes } from './routes/identities.ts';
import { internalRoutes } from './routes/internal.ts';
import { laneRoutes } from './routes/lanes.ts';
import { letterRoutes } from './routes/letters.ts';
import { listActRoutes } from './routes/listActs.ts';
import { listRoutes } from './routes/lists.ts';
import { localLoginRoutes } from './routes/localLogin.ts';
import { logControlRoutes } from './routes/logControls.ts';
import { loginRoutes } from './routes/login.ts';
import { meRoutes } from './routes/me.ts';
import { navRoutes } from './routes/nav.ts';
import { operationRoutes } from './routes/operation.ts';
import { parkedRoutes } from './routes/parked.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { quarantineActRoutes } from './routes/quarantineActs.ts';
import { quarantineGroupRoutes } from './routes/quarantineGroups.ts';
import { receiptRowRoutes } from './routes/receiptRows.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { replayRoutes } from './routes/replays.ts';
import { reportSheetRoutes } from './routes/reportSheets.ts';
import { reportRoutes } from './routes/reports.ts';
import { ruleRoutes } from './routes/rules.ts';
import { schemaRegistryRoutes } from './routes/schemaRegistry.ts';
import { seenByRoutes } from './routes/seenBy.ts';
import { subscriptionActRoutes } from './routes/subscriptionActs.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { templateRoutes } from './routes/templates.ts';
import { uploadActRoutes } from './routes/uploadActs.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { vigoRoutes } from './routes/vigo.ts';
import { webhookKeyRoutes } from './routes/webhookKeys.ts';
import { wheelRoutes } from './routes/wheel.ts';
import { whyAlertRoutes } from './routes/whyAlert.ts';
import { worklistRoutes } from './routes/worklists.ts';
import { youthKnownRoutes } from './routes/youthKnown.ts';
import { youthReportRoutes } from './routes/youthReports.ts';
import { youthSearchRoutes } from './routes/youthSearch.ts';
import { youthRoutes } from './routes/youths.ts';
import { securityHeaders } from './securityHeaders.ts';
import { describeSecurity } from './securitySchemes.ts';

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'OT Bridge',
    version: VERSION,
    description:
      'Broen mellom VIGO, skoler, fagopplæring, NAV og oppfølgingstjenesten. Alle feil er RFC 9457 ' +
      '(application/problem+json). Fødselsnummer står aldri i en adresse eller et hode, og bare i svaret på et oppslag på identitet, som loggføres.',
  },
};

const description = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/openapi.json',
  hide: true,
  responses: { 200: { description: 'Denne beskrivelsen' } },
});

/** The HTTP API as a function from request to answer: opens no port, holds no connection of its own.
 *  @param addition pages on the same addresses */
export function createApp(parts: ApiParts, addition?: Addition): Api {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: invalidRequest });
  api.onError((error) => answerFailure(parts, error));
  api.notFound(() => problemResponse(notFound()));
  const { own, trustedProxies, rates, internalPort } = parts.fences;
  const slots = createSlots();
  api.use(securityHeaders, ...(addition ? [addition.around] : []), refuseForeignOrigins(own));
  for (const path of Object.values(INTERNAL_PATHS)) api.use(path, internalFence(internalPort));
  api.use(
    limitAddress(rates, createCallerAddress(trustedProxies)),
    provideAudit(parts),
    identifyCaller(parts.access),
    limitCaller(rates),
    otherMethod(api),
    peopleFromOwnPages(parts.login),
  );
  api.use((c, next) => {
    c.set('slots', slots);
    return next();
  });
  api.use('/organisations/:org/*', organisationOf(parts.organisations));

  describeSecurity(api);
  frontRoutes(api, parts);
  loginRoutes(api, parts);
  meRoutes(api, parts);
  localLoginRoutes(api, parts);
  feedRoutes(api, parts);
  consentEvidenceRoutes(api, parts);
  dryRunRoutes(api, parts);
  templateRoutes(api, parts);
  const uploads = createUploads(parts, parts.readSheet);
  uploadRoutes(api, parts, uploads);
  uploadActRoutes(api, parts, uploads);
  receiptRoutes(api, parts);
  receiptRowRoutes(api, parts);
  youthSearchRoutes(api, parts);
  youthRoutes(api, parts);
  youthKnownRoutes(api, parts);
  youthReportRoutes(api, parts);
  changeRoutes(api, parts);
  identityRoutes(api, parts);
  seenByRoutes(api, parts);
  logControlRoutes(api, parts);
  disclosureRoutes(api, parts);
  alertRoutes(api, parts);
  whyAlertRoutes(api, parts);
  // Before those of single items, whose addresses look alike.
  quarantineGroupRoutes(api, parts);
  quarantineRoutes(api, parts);
  quarantineActRoutes(api, parts);
  parkedRoutes(api, parts);
  listRoutes(api, parts);
  listActRoutes(api, parts);
  flowRoutes(api, parts);
  operationRoutes(api, parts);
  ruleRoutes(api, parts);
  reportRoutes(api, parts);
  reportSheetRoutes(api, parts);
  wheelRoutes(api, parts);
  worklistRoutes(api, parts);
  bulkJobRoutes(api, parts);
  letterRoutes(api, parts);
  fintRoutes(api, parts);
  vigoRoutes(api, parts);
  agreementRoutes(api, parts);
  navRoutes(api, parts);
  clockRoutes(api, parts);
  internalRoutes(api, parts);
  laneRoutes(api, parts);
  accessRoutes(api, parts);
  subscriptionRoutes(api, parts);
  subscriptionActRoutes(api, parts);
  deliveryRoutes(api, parts);
  replayRoutes(api, parts);
  webhookKeyRoutes(api, parts);
  schemaRegistryRoutes(api, parts);
  addition?.add(api, { uploads });
  addRaw(api, description, (c) => c.json(api.getOpenAPI31Document(DOCUMENT)));
  return api;
}

/** The description of the API, kept as a golden file. */
export function openApiDocument(api: Api): unknown {
  return api.getOpenAPI31Document(DOCUMENT);
}
