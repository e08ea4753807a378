import { z } from '@hono/zod-openapi';
import type { ChangeView } from '../../desk/changes/changeBody.ts';
import type { GroupsView } from '../../desk/changes/groups.ts';
import type { FieldsOf } from './fieldsOf.ts';

const ChangeSchema = z
  .object({
    type: z.enum(['no.otbridge.ot.status.v1', 'no.otbridge.ot.alert.v1', 'no.otbridge.ot.status-group.v1']),
    timestamp: z.string().openapi({ format: 'date-time' }),
    data: z.object({
      org: z.string(),
      ref: z.string().openapi({ example: 'pw_…', description: 'Leserens egen referanse til ungdommen.' }),
      version: z.number().int().openapi({ description: 'Stiger for hver ungdom.' }),
      id: z.string().openapi({ example: 'msg_…', description: 'Den samme hver gang endringen leses.' }),
      href: z.string().openapi({ description: 'Her leses det som er endret.' }),
    } satisfies FieldsOf<ChangeView['data']>),
  } satisfies FieldsOf<ChangeView>)
  .openapi('Change');

export const ChangesSchema = z
  .object({
    changes: z.array(ChangeSchema),
    next: z.string().openapi({ description: 'Send som `after` i neste kall, også når listen er tom.' }),
    more: z.boolean().openapi({ description: 'Om det kan være mer å hente med en gang.' }),
  })
  .openapi('Changes');

export const GroupsSchema = z
  .object({
    ref: z.string(),
    version: z.number().int(),
    groups: z.array(
      z.object({
        schoolYear: z.string(),
        county: z.string(),
        list: z.string().openapi({ description: 'Kodelisten gruppen er fra.' }),
        group: z.number().int(),
        groupLabel: z.string(),
        targetGroup: z.boolean(),
        effective: z.string(),
      } satisfies FieldsOf<GroupsView['groups'][number]>),
    ),
  } satisfies FieldsOf<GroupsView>)
  .openapi('Groups');
