import type { z } from '@hono/zod-openapi';

/** The fields of a schema that describes a view of the desk: all of the view's, and no other. */
export type FieldsOf<View> = { readonly [Field in keyof View]-?: z.ZodType<View[Field]> };
