import { countyOn } from '../../src/core/codelists/county.ts';
import * as read from '../../src/core/recordFields.ts';
import { noteInvalid } from '../../src/core/recordProblems.ts';
import { COUNTY_NUMBER, OT_UNIT } from '../../src/core/vigoNumber.ts';
import type { ReadContext, Told } from '../youthRecord.ts';

/** What another county answered to the offer to take over a youth who has moved there. Until it has said yes the youth
 *  stays ours (R50). */
export function readHandover(fields: read.RecordFields, { county }: ReadContext): Told {
  const effective = read.date(fields, 'dato');
  const toCounty = read.text(fields, 'tilFylke', COUNTY_NUMBER);
  if (toCounty === county)
    noteInvalid(
      fields,
      'tilFylke',
      'er fylket som overleverer.',
      'Skriv nummeret på fylket ungdommen er flyttet til.',
    );
  else if (toCounty !== '' && effective !== '' && !countyOn(toCounty, effective))
    noteInvalid(
      fields,
      'tilFylke',
      'var ikke et fylke på den datoen.',
      'Skriv nummeret fylket hadde på datoen for svaret.',
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
