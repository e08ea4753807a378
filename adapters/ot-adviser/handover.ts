import { countyNumbersOn, countyOn } from '../../src/core/codelists/county.ts';
import { follows } from '../../src/core/derive/county/restructuring.ts';
import { countyNumber } from '../../src/core/organisation.ts';
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
    noteInvalid(
      fields,
      'tilFylke',
      'er fylket som overleverer.',
      'Skriv nummeret på fylket ungdommen er flyttet til. Er ungdommen flyttet hit, skriv også fraFylke.',
    );
  else if (toCounty !== county && fromCounty !== county && !follows(fromCounty, county))
    noteInvalid(
      fields,
      'fraFylke',
      'er verken fylket raden er sendt til, eller fylket som overleverer til det.',
      'Send svaret til fylkene det gjelder: det som gir fra seg, og det som tar imot.',
    );
  else if (toCounty !== '' && effective !== '' && !countyOn(toCounty, effective))
    noteInvalid(
      fields,
      'tilFylke',
      'var ikke et fylke på den datoen.',
      `Bruk et av fylkesnumrene på datoen for svaret: ${countyNumbersOn(effective).join(', ')}.`,
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
