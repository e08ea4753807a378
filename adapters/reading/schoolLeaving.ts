import { B06_VERSIONS } from '../../src/core/codelists/data/reasonCodes.ts';
import { schoolReason, schoolReasonChoice } from '../../src/core/codelists/leaveReason.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import { schoolYearOf } from '../../src/core/time/schoolYear.ts';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import { reasonCure } from './codeCure.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';
import { noteCode } from './recordProblems.ts';

const VERSION_STARTS: readonly IsoDate[] = B06_VERSIONS.map((version) => version.from);

/**
 * A B06 reason in the field `name`, by code or official name, in the version that held on `on`. Two of the reasons do not say that training
 * ended but that it never began: not shown up, and place declined.
 * @param unsaid the code when the field is absent; without it the field is required.
 */
export function schoolLeaving(
  fields: RecordFields,
  name: string,
  on: IsoDate,
  institution: string,
  unsaid?: 'AF',
): FactBody {
  const code =
    unsaid === undefined
      ? read.text(fields, name, read.CODE)
      : (read.optionalText(fields, name, read.CODE) ?? unsaid);
  const reason = schoolReason(code, on);
  if (reason === undefined) {
    if (code !== '' && on !== '') {
      const once = VERSION_STARTS.some((start) => schoolReason(code, start) !== undefined);
      noteCode(
        fields,
        name,
        once ? 'CODE_NOT_VALID_ON_DATE' : 'UNKNOWN_CODE',
        reasonCure(schoolReasonChoice(on, code)),
      );
    }
    return left(institution, code, '');
  }
  if (reason.consequence === 'no-show') return { kind: 'NoShow', schoolYear: schoolYearOf(on), institution };
  if (reason.consequence === 'declined')
    return { kind: 'PlaceDeclined', schoolYear: schoolYearOf(on), code: reason.code, institution };
  return left(institution, reason.code, reason.list);
}

function left(institution: string, reason: string, list: string): FactBody {
  return { kind: 'Left', training: 'school', institution, reason, list, lostRight: false };
}
