import { lookupStatus } from '../../src/core/codelists/otStatus.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { schoolYearOf } from '../../src/core/time/schoolYear.ts';
import type { ViaOt } from '../../src/core/youth/statusEvent.ts';
import { statusCure } from '../reading/codeCure.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode, noteInvalid, noteMissing } from '../reading/recordProblems.ts';
import type { ReadContext, RecordContent } from '../reading/recordType.ts';
import { optionalSchoolYear, schoolYear } from '../reading/schoolYearField.ts';
import { OT_UNIT } from '../reading/vigoNumber.ts';
import { readGrounds, readOverride } from './grounds.ts';

/** Inside the target group with JA, outside it with NEI (O04); in the list of 2011 the question did not exist. */
const ASKED: ReadonlySet<string> = new Set(
  ['OTAR', 'OTEV', 'OTVF', 'OTLL'].map((code) => `OT-2016-07 ${code}`),
);
const UNREAD = { code: '', list: '', viaOt: 'UKJENT' } as const;

/** A status that an adviser has set. Whether it may be set is the core's to decide. */
export function readStatus(fields: RecordFields, { activations }: ReadContext): RecordContent {
  const effective = read.date(fields, 'dato');
  return {
    effective,
    body: {
      kind: 'AdviserStatus',
      schoolYear: optionalSchoolYear(fields, 'skolear') ?? schoolYearOf(effective),
      ...readCode(fields, effective, activations),
      grounds: readGrounds(fields),
      override: readOverride(fields),
      unit: read.optionalText(fields, 'enhet', OT_UNIT),
    },
  };
}

/** The code as the list of the date has it, and who arranged it: from the field, the spelling or the code itself. */
function readCode(
  fields: RecordFields,
  on: string,
  activations: ReadContext['activations'],
): { code: string; list: string; viaOt: ViaOt } {
  const raw = read.text(fields, 'kode', read.CODE);
  const told = read.optionalChoice(fields, 'viaOT', ['JA', 'NEI']);
  if (raw === '' || on === '') return UNREAD;
  const found = lookupStatus(raw, on, activations);
  // A register may keep what it has from before; a new registration needs a code that is in use.
  const reason = !found.ok ? found.reason : found.passive ? 'CODE_NOT_VALID_ON_DATE' : null;
  if (!found.ok || reason !== null) {
    noteCode(fields, 'kode', reason ?? 'UNKNOWN_CODE', statusCure(on));
    return UNREAD;
  }
  const outside = !found.targetGroup && told === 'JA';
  if (outside || (told !== null && found.viaOt !== null && found.viaOt !== told)) {
    noteInvalid(fields, 'viaOT', FIELD.nb.againstCode, CURE.nb.fixCodeOrVia);
  }
  const viaOt = told ?? found.viaOt;
  // A register that is loaded for the first time has no answer: unknown is kept as unknown, and never as «no».
  const loaded = read.optionalFlag(fields, 'innlest') ?? false;
  if (viaOt === null && !loaded && !found.flagged && ASKED.has(`${found.list} ${found.code}`)) {
    noteMissing(fields, 'viaOT', CURE.nb.via);
  }
  return { code: found.code, list: found.list, viaOt: viaOt ?? 'UKJENT' };
}

export function readRecode(fields: RecordFields): RecordContent {
  return {
    effective: read.date(fields, 'dato'),
    body: {
      kind: 'Recode',
      schoolYear: schoolYear(fields, 'skolear'),
      tilmeldingskode: read.choice(fields, 'tilmeldingskode', [
        'IKKE_SOKT',
        'TAKKET_NEI',
        'AVBRUTT',
        'ANDRE_GRUNNER',
      ]),
    },
  };
}
