import { wishStatus } from '../../src/core/codelists/wishStatus.ts';
import type { SchoolYear } from '../../src/core/time/schoolYear.ts';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import { wishCure } from '../reading/codeCure.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode } from '../reading/recordProblems.ts';

/** A name is longer than a code. */
const WISH: read.TextForm = { ...read.CODE, accepts: (text) => text.length <= 100 };

/** Status of one of a youth's wishes, whatever it says by itself: what it leads to is decided from all of them. An
 *  unknown code is a problem, never a guess (I02). */
export function readWish(fields: RecordFields, schoolYear: SchoolYear, institution: string | null): FactBody {
  const raw = read.text(fields, 'onskestatus', WISH);
  const wish = wishStatus(raw);
  if (wish === undefined && raw !== '') noteCode(fields, 'onskestatus', 'UNKNOWN_CODE', wishCure(raw));
  return { kind: 'Wish', schoolYear, code: wish?.code ?? raw, institution };
}
