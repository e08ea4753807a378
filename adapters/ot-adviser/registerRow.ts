import { lookupStatus } from '../../src/core/codelists/otStatus.ts';
import type { AdapterContext, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { statusCure } from '../reading/codeCure.ts';
import * as read from '../reading/recordFields.ts';
import { brokenRow, eventOf, identityNumber, nameTag, personOf } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode, noteMissing, sweep } from '../reading/recordProblems.ts';
import { listOf, versionOf } from '../reading/vigoList.ts';
import { OT_UNIT } from '../reading/vigoNumber.ts';

/**
 * One row of VIGO's nightly OT list, in VIGO's shape: what the register says today. It has no date of its own, so
 * it holds from the day it came. Fields that VIGO adds are ignored; of the name only a tag is made, e-mail and phone
 * are never read.
 */
export function readRegisterRow(
  record: SourceRecord,
  row: Record<string, unknown>,
  context: AdapterContext,
): Verdict {
  const envelope = listOf(record, 'ot');
  if ('code' in envelope) return { kind: 'malformed', problems: [envelope] };
  const fields: RecordFields = { value: row, path: '', problems: [] };
  const person = partOf(fields, 'person');
  const ot = partOf(fields, 'otData');
  const fodselsnummer = identityNumber(person, 'fnr', context);
  const born = read.optionalDate(person, 'fdato');
  const unit = read.optionalText(ot, 'tilknytningnr', OT_UNIT);
  const today = osloDate(record.received);
  const status = lookupStatus(read.text(ot, 'aktivitetskode', read.CODE), today, context.activations);
  if (!status.ok && !read.isAbsent(ot, 'aktivitetskode'))
    noteCode(ot, 'aktivitetskode', status.reason, statusCure(today));
  if (!status.ok || fields.problems.length > 0 || fodselsnummer === null)
    return { kind: 'malformed', problems: fields.problems, row: brokenRow(person, 'fnr', fodselsnummer) };
  const id = `ot:${context.pseudonym(fodselsnummer)}`;
  const head = {
    feed: 'ot-adviser' as const,
    source: 'vigo-ot',
    id,
    version: versionOf(record.received),
    reported: null,
    county: context.county,
  };
  const body = { kind: 'RegisterSeen' as const, code: status.code, list: status.list, unit };
  const tag = nameTag({ ...person, problems: [] }, context);
  const event = eventOf(head, { effective: today, body }, born, tag);
  return {
    kind: 'listed',
    person: personOf(fodselsnummer, tag, person),
    event,
    envelope,
    rowKey: id,
    hold: false,
  };
}

/** A part that is missing is one problem; its fields then give no more. */
function partOf(fields: RecordFields, name: string): RecordFields {
  const part = read.openRecord(fields.value[name], `${name}.`, fields.problems);
  if (part === undefined) {
    noteMissing(fields, name);
    return { value: {}, path: `${name}.`, problems: [] };
  }
  sweep(part, null);
  return part;
}
