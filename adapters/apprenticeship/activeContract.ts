import type { AdapterContext, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { DATE_KINDS } from '../reading/recordDates.ts';
import { noteOddDate } from '../reading/recordDating.ts';
import * as read from '../reading/recordFields.ts';
import { brokenRow, eventOf, identityNumber, nameTag, personOf } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteMissing, sweep } from '../reading/recordProblems.ts';
import { listOf, versionOf } from '../reading/vigoList.ts';
import { ORGANISATION_NUMBER } from '../reading/vigoNumber.ts';

/**
 * One row of VIGO's list of active contracts, in VIGO's shape. Fields that VIGO adds are ignored: a strict reader would
 * put a whole county's list in quarantine. Of the name only a tag is made, e-mail and phone are never read.
 */
export function readActiveContract(
  record: SourceRecord,
  row: Record<string, unknown>,
  context: AdapterContext,
): Verdict {
  const fields: RecordFields = { value: row, path: '', problems: [] };
  const envelope = listOf(record, 'laktiv');
  if ('code' in envelope) return { kind: 'malformed', problems: [envelope] };
  sweep(fields, null);
  const pupil = read.openRecord(row.elev, 'elev.', fields.problems);
  if (pupil === undefined) {
    noteMissing(fields, 'elev');
    return { kind: 'malformed', problems: fields.problems };
  }
  sweep(pupil, null);
  const fodselsnummer = identityNumber(pupil, 'fnr', context);
  const born = read.optionalDate(pupil, 'fdato');
  const institution = read.text(fields, 'bnr', ORGANISATION_NUMBER);
  const from = read.date(fields, 'start');
  const to = read.optionalDate(fields, 'slutt');
  const dates = { received: record.received, born };
  noteOddDate(fields, 'start', from, DATE_KINDS.starting, dates);
  noteOddDate(fields, 'slutt', to, DATE_KINDS.ending, dates);
  if (fields.problems.length > 0 || fodselsnummer === null)
    return { kind: 'malformed', problems: fields.problems, row: brokenRow(pupil, 'fnr', fodselsnummer) };
  // One apprentice may have two contracts with a firm, one after the other: the start keeps them apart.
  const id = `laktiv:${institution}:${from}:${context.pseudonym(fodselsnummer)}`;
  const head = {
    feed: 'apprenticeship' as const,
    source: 'vigo-laktiv',
    id,
    version: versionOf(record.received),
    reported: null,
    county: context.county,
  };
  const tag = nameTag({ ...pupil, problems: [] }, context);
  const body = { kind: 'ContractSeen' as const, institution, from, to };
  const event = eventOf(head, { effective: from, body }, born, tag);
  return {
    kind: 'listed',
    person: personOf(fodselsnummer, tag, pupil),
    event,
    envelope,
    rowKey: id,
    hold: false,
  };
}
