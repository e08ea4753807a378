import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteInvalid } from '../reading/recordProblems.ts';
import type { RecordContent } from '../reading/recordType.ts';

/** A measure from `dato`, half-open. One of NAV's reveals nothing until both consents are there; the core sees to that. */
export function readMeasure(fields: RecordFields): RecordContent {
  const effective = read.date(fields, 'dato');
  const to = read.optionalDate(fields, 'til');
  if (to !== null && effective !== '' && to <= effective)
    noteInvalid(fields, 'til', (field) => FIELD.nb.notAfter(field, 'dato'), CURE.nb.firstDayAfter);
  return {
    effective,
    body: {
      kind: 'Measure',
      provider: read.choice(fields, 'eier', ['FYLKE', 'KOMMUNE', 'NAV']),
      content: read.choice(fields, 'innhold', ['OPPLARING', 'ARBEIDSPRAKSIS', 'ANNET']),
      to,
    },
  };
}
