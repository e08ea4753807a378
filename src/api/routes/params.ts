import { z } from '@hono/zod-openapi';
import { personRef } from '../../core/person/reference.ts';
import { parseDate, parseInstant } from '../../core/time/date.ts';
import { parseSchoolYear } from '../../core/time/schoolYear.ts';
import { UUID } from '../../core/uuid.ts';
import { PAIRWISE } from '../../store/pairwise.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';

const org = z.string().openapi({ param: { name: 'org', in: 'path' }, example: 'vestfoldfylke-no' });

export const OrgParams = z.object({ org });

/** Every id of ours is a UUID; anything else (a number of a person, say) is an address that does not exist. */
const uuid = z.string().regex(UUID);

export const IdParams = z.object({
  org,
  id: uuid.openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' }),
});

export const RefParams = z.object({
  org,
  ref: uuid
    .openapi({ param: { name: 'ref', in: 'path' }, format: 'uuid', description: 'Personreferanse.' })
    .transform(personRef),
});

/** Also by the form that a subscription has given the caller. */
export const AnyRefParams = z.object({
  org,
  ref: z.union([uuid, z.string().regex(PAIRWISE)]).openapi({
    ...{ type: 'string', param: { name: 'ref', in: 'path' } },
    description:
      'Personreferanse, eller abonnentens egen form av den (pw_…): da svares det med abonnentens former.',
  }),
});

export const UuidText = uuid;

/** Rising numbers of ours, opaque outside. */
export const DeliveryId = z.string().regex(/^\d{1,18}$/);

export const RefText = uuid.transform(personRef);

/** `next` of a page of lines with rising numbers. */
export const SeqAfter = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional()
  .openapi({ ...{ type: 'string', pattern: '^\\d{1,15}$' }, description: '`next` fra siden før.' });

/** A month's list to NAV. */
export const BatchText = z
  .string()
  .regex(/^B-\d{4}-\d{2}$/)
  .openapi({ example: 'B-2026-11' });

/** How many at most; the answer may be shorter. */
export const Limit = wholeNumberOr(100, 1, 500);

/** `2026-27`; the long form and other ways to write it are not addresses of ours. */
export const SchoolYearText = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .refine((text) => parseSchoolYear(text) === text);

/** A moment as it is written; with `parseInstant` in UTC, with milliseconds. */
export const Moment = z
  .string()
  .refine((text) => parseInstant(text) !== undefined)
  .openapi({ format: 'date-time', example: '2027-08-01T00:00:00Z' });

/** Of a day that exists. */
export const DateText = z
  .string()
  .refine((text) => parseDate(text) !== undefined)
  .openapi({ format: 'date' });
