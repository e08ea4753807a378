import { z } from '@hono/zod-openapi';
import { lineOfText } from '../schema/freeText.ts';

/** Why an operator acts; kept with the item. */
export const ReasonText = lineOfText(3, 500).openapi({
  description: 'Begrunnelse, uten personopplysninger.',
  example: 'Koden er lagt til i kodelisten.',
});

/** Not to be extended: in the description an extension would refuse its own fields. */
export const ReasonBody = z.strictObject({ reason: ReasonText }).openapi('Reason');
