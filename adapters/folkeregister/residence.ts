import { municipalityName } from '../../src/core/codelists/municipality.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode } from '../reading/recordProblems.ts';
import type { RecordContent } from '../reading/recordType.ts';

// A residence is a municipality here and nothing narrower: no address is read, so none can leak.

export const RESIDENCE_FIELDS = ['dato', 'kommunenummer'];

/** Moved to, or came from abroad to, a municipality; as numbered on the date. */
export function readResidence(fields: RecordFields): RecordContent {
  const effective = read.date(fields, 'dato');
  const municipality = read.text(fields, 'kommunenummer', MUNICIPALITY);
  if (municipality !== '' && municipalityName(municipality) === undefined)
    noteCode(fields, 'kommunenummer', 'UNKNOWN_CODE', CURE.nb.municipality);
  return { effective, body: { kind: 'Residence', municipality } };
}

export function readEmigration(fields: RecordFields): RecordContent {
  return { effective: read.date(fields, 'dato'), body: { kind: 'Emigrated' } };
}

const MUNICIPALITY: read.TextForm = {
  accepts: (text) => /^\d{4}$/.test(text),
  must: FIELD.nb.noMunicipality,
  cure: CURE.nb.municipalityForm,
};
