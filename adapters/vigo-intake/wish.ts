import { wishStatus } from '../../src/core/codelists/wishStatus.ts';
import type { IsoDate } from '../../src/core/date.ts';
import * as read from '../../src/core/recordFields.ts';
import { noteCode } from '../../src/core/recordProblems.ts';
import type { SchoolYear } from '../../src/core/schoolYear.ts';
import type { Told } from '../youthRecord.ts';

/** What one of a youth's wishes tells. An unknown code is a problem, never a guess (I02). */
export function readWish(fields: read.RecordFields, effective: IsoDate, schoolYear: SchoolYear): Told {
  const raw = read.text(fields, 'onskestatus', read.CODE);
  const wish = wishStatus(raw);
  if (wish === undefined) {
    if (raw !== '') noteCode(fields, 'onskestatus', 'UNKNOWN_CODE');
    return { notOurs: '' };
  }
  switch (wish.meaning) {
    case 'declined':
      return { effective, body: { kind: 'PlaceDeclined', schoolYear, code: wish.code } };
    case 'unanswered':
    case 'no-place':
      return { effective, body: { kind: 'NoPlace', schoolYear, code: wish.code } };
    case 'has-place':
      return { effective, body: { kind: 'Applied', schoolYear } };
    case 'other-wish':
      return { notOurs: `Ønskestatus ${wish.code}: eleven er plassert på et annet ønske.` };
    case 'pending':
      return { notOurs: `Ønskestatus ${wish.code}: inntaket er ikke ferdig med ønsket.` };
  }
}
