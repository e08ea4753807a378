import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { institutionIn } from '../reading/institution.ts';
import * as read from '../reading/recordFields.ts';
import { noteType } from '../reading/recordHead.ts';
import { notAnObject, sweep } from '../reading/recordProblems.ts';
import { SCHOOL_NUMBER } from '../reading/vigoNumber.ts';
import { PRIVATE_SCHOOL_COLUMNS } from './columns.ts';
import { readManifest } from './manifest.ts';
import { readPupil } from './pupil.ts';
import { pupilDocument, unpackPupils } from './unpack.ts';

// A private school reports who its pupils are, all of them in one list. Presence in the list, or absence from it, sets
// nothing: it is evidence for an adviser (I03).

export const privateSchool: FeedAdapter = {
  feed: 'private-school',
  title: 'Private videregående skoler: lister over skolens egne elever',
  read: readSchool,
  institutionOf: (value) => institutionIn(value, 'skolenummer', SCHOOL_NUMBER),
  unpack: unpackPupils,
  wholeList: pupilDocument,
  columns: PRIVATE_SCHOOL_COLUMNS,
};

function readSchool(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  switch (fields.value.type) {
    case 'elev':
      return readPupil(fields, record, context);
    case 'manifest':
      return readManifest(fields);
    default:
      sweep(fields, null);
      noteType(fields, ['elev', 'manifest']);
      return { kind: 'malformed', problems: fields.problems };
  }
}
