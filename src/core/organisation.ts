import type { Branded } from './branded.ts';

/** An organisation as in topic names, e.g. `telemarkfylke-no`. */
export type OrgId = Branded<'OrgId'>;

/** @param text of the configuration, an address or a row of the database that names an organisation. */
export function orgId(text: string): OrgId {
  return text as OrgId;
}

/** A county's number, two digits, e.g. `40`. */
export type CountyNumber = Branded<'CountyNumber'>;

/** @param text of the configuration, an address, a record or the code list that is a county's number. */
export function countyNumber(text: string): CountyNumber {
  return text as CountyNumber;
}

/** A county's follow-up service (OT), whose feeds the bridge processes. */
export interface Organisation {
  id: OrgId;
  county: CountyNumber;
  /** For people, where the county has given one. */
  name?: string;
  /** True for a sample or sandbox: its clock shows the same time until it is moved. */
  virtualClock: boolean;
}

/** As people know it: by its id where it has no name. */
export function organisationName({ id, name }: Pick<Organisation, 'id' | 'name'>): string {
  return name ?? id;
}
