import { countyNumbersOn, countyOn } from '../../src/core/codelists/county.ts';
import { follows } from '../../src/core/derive/county/restructuring.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteInvalid } from '../reading/recordProblems.ts';
import type { ReadContext, RecordContent } from '../reading/recordType.ts';
import { COUNTY_NUMBER, OT_UNIT } from '../reading/vigoNumber.ts';

/** A county's answer to the offer to take over a youth who has moved there. Until it has said yes the youth remains with
 *  the county that offered (R50). Each of the two gets the answer: the one that receives names the one that gives. */
export function readHandover(fields: RecordFields, { county }: ReadContext): RecordContent {
  const effective = read.date(fields, 'dato');
  const toCounty = countyNumber(read.text(fields, 'tilFylke', COUNTY_NUMBER));
  const fromCounty = countyNumber(read.optionalText(fields, 'fraFylke', COUNTY_NUMBER) ?? county);
  if (toCounty !== '' && toCounty === fromCounty)
    noteInvalid(fields, 'tilFylke', FIELD.nb.ownCounty, CURE.nb.movedTo);
  else if (toCounty !== county && fromCounty !== county && !follows(fromCounty, county))
    noteInvalid(fields, 'fraFylke', FIELD.nb.noParty, CURE.nb.parties);
  else if (toCounty !== '' && effective !== '' && !countyOn(toCounty, effective))
    noteInvalid(
      fields,
      'tilFylke',
      FIELD.nb.noCountyOnDate,
      CURE.nb.countyOnDate(countyNumbersOn(effective).join(', ')),
    );
  return {
    effective,
    body: {
      kind: 'Handover',
      toCounty,
      answer: read.choice(fields, 'svar', ['GODTATT', 'AVVIST']),
      unit: read.optionalText(fields, 'enhet', OT_UNIT),
    },
  };
}
