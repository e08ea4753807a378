import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { BEGINNINGS, type CallKind } from '../../core/subscription/subscription.ts';
import type { ChangeReader } from '../../desk/changes/changePage.ts';
import { type ChangeWatch, createChangeWatch } from '../../desk/changes/changeWatch.ts';
import { type Followed, writeCursor } from '../../desk/changes/cursor.ts';
import {
  type ChangesAsked,
  changeReader,
  cursorAsked,
  cursorOwner,
  nextChanges,
} from '../../desk/changes/followChanges.ts';
import { groupsOf } from '../../desk/changes/groups.ts';
import { refAsked } from '../../desk/subscriptions/names.ts';
import { decideAgain } from '../accessGuard.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { recordDisclosure } from '../auditGuard.ts';
import { changeStream, HEARTBEAT_MS } from '../changeStream.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { cursorText, OwnerQuery } from '../pageQuery.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { ChangesSchema, GroupsSchema } from '../schema/changeSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';
import { AnyRefParams, Limit, OrgParams } from './params.ts';

const FOLLOWED = ['status', 'alert'] as const;

const paging = {
  after: cursorText(8_000).optional().openapi({ description: '`next` fra siden før.' }),
  from: z.enum(BEGINNINGS).optional().openapi({
    description: 'Hvor det første kallet begynner; må oppgis når after ikke er det.',
  }),
  owner: OwnerQuery,
  wait: wholeNumberOr(0, 0, 30).openapi({
    description: 'Sekunder å vente på en endring når det ikke er noen.',
  }),
  limit: Limit,
};
const ChangesQuery = z.object({
  ...paging,
  kinds: z
    .string()
    .regex(/^(status|alert)(,(status|alert))?$/)
    .default(FOLLOWED.join(','))
    .openapi({ description: 'status, alert eller begge, med komma mellom.' }),
});
const GroupsQuery = z.object(paging);
const answers = {
  200: {
    description: 'Endringene, i rekkefølge for hver ungdom. Med Accept: text/event-stream som hendelser',
    content: { 'application/json': { schema: ChangesSchema }, 'text/event-stream': { schema: z.string() } },
  },
  ...refusals({ 400: 'Ugyldig side, begynnelse eller slag', 404: 'Ukjent organisasjon' }),
};

const changes = defineRoute({
  'x-access': 'change:read',
  method: 'get',
  path: '/organisations/{org}/changes',
  tags: ['changes'],
  summary: 'Endringer av statuser og varsler, for den som ikke kan ta imot kall',
  request: { params: OrgParams, query: ChangesQuery },
  responses: answers,
});
const groupChanges = defineRoute({
  'x-access': 'group:read',
  method: 'get',
  path: '/organisations/{org}/groups/changes',
  tags: ['changes'],
  summary: 'Endringer av hovedgruppe, for dem utenfor OT',
  request: { params: OrgParams, query: GroupsQuery },
  responses: answers,
});
const groups = defineRoute({
  'x-access': 'group:read',
  method: 'get',
  path: '/organisations/{org}/groups/{ref}',
  tags: ['changes'],
  summary: 'Hovedgruppen til en ungdom, og ikke noe annet',
  request: { params: AnyRefParams },
  responses: {
    200: { description: 'Hovedgruppene', content: { 'application/json': { schema: GroupsSchema } } },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

type Parts = ReadingParts &
  Pick<ApiParts, 'policyOf' | 'agreementsOf' | 'vault' | 'newId' | 'baseUrl' | 'stopping'>;

export function changeRoutes(api: Api, parts: Parts): void {
  const changeWatch = createChangeWatch({ heads: () => parts.queries.heads(), stopping: parts.stopping });
  const following = { ...parts, changeWatch };
  api.openapi(changes, (c) => {
    const { kinds, ...query } = c.req.valid('query');
    const asked = FOLLOWED.filter((kind) => kinds.split(',').includes(kind));
    return follow(c, following, { ...query, kinds: asked, what: 'changes' });
  });
  api.openapi(groupChanges, (c) =>
    follow(c, following, { ...c.req.valid('query'), kinds: ['status-group'], what: 'groups' }),
  );
  api.openapi(groups, async (c) => {
    const { ref, names } = refAsked(
      parts,
      c.get('organisation'),
      c.get('principal'),
      c.req.valid('param').ref,
    );
    const shown = await groupsOf(deskFor(c, parts), c.get('organisation'), ref);
    c.get('audit').subjects([shown.ref]);
    return c.json({ ...shown, ref: names.ref(shown.ref) }, 200);
  });
}

const ACCESS = { changes: 'change:read', groups: 'group:read' } as const;
const PATHS = { changes: 'changes', groups: 'groups/changes' } as const;

interface Asked {
  after?: string | undefined;
  from?: ChangesAsked['from'] | undefined;
  kinds: readonly CallKind[];
  owner?: string | undefined;
  wait: number;
  limit: number;
  what: Followed;
}

async function follow(
  c: Context<ApiEnv>,
  parts: Parts & { changeWatch: ChangeWatch },
  { after, from, kinds, owner, wait, limit, what }: Asked,
) {
  const organisation = c.get('organisation');
  const principal = c.get('principal');
  const whose = cursorOwner(organisation, principal, what);
  const desk = { ...deskFor(c, parts), changeWatch: parts.changeWatch };
  const isStream = c.req.header('accept')?.includes('text/event-stream') ?? false;
  const last = isStream ? c.req.header('last-event-id') : undefined;
  let cursor = await cursorAsked(desk, organisation, whose, {
    after: last ?? after ?? null,
    from: from ?? null,
  });
  const filter = { kinds, owner: owner ?? null };
  let reader: ChangeReader = changeReader(principal, organisation, {
    ...filter,
    protectedYouths: c.get('permission').protectedYouths,
  });
  /** As it is after a wait: a token may have expired, and a grant been revoked. */
  const again = async () => {
    const now = await decideAgain(c, ACCESS[what]);
    const { protectedYouths } = now.permission;
    reader = changeReader(now.principal, organisation, { ...filter, protectedYouths });
    return reader;
  };
  const next = async (waitMs: number) => {
    const page = await nextChanges(desk, organisation, { reader, cursor, limit, waitMs, again });
    cursor = page.cursor;
    return { page, cursor: writeCursor(parts.vault, whose, cursor) };
  };
  const leave = isStream || wait > 0 ? parts.changeWatch.enter(whose.subscriber) : () => undefined;
  if (!isStream) {
    try {
      const { page, cursor: at } = await next(wait * 1_000);
      c.get('audit').subjects(page.subjects);
      return c.json({ changes: page.changes, next: at, more: page.more }, 200);
    } finally {
      leave();
    }
  }
  c.get('audit').subjects([]);
  const audited = { access: ACCESS[what], operation: `GET /organisations/{org}/${PATHS[what]}` };
  return changeStream(c, {
    done: leave,
    async next() {
      if (parts.changeWatch.ended) return undefined;
      await again();
      const found = await next(HEARTBEAT_MS);
      // No change leaves before it is on record.
      if (found.page.subjects.length > 0) await recordDisclosure(c, audited, found.page.subjects);
      return found;
    },
  });
}
