import type { CountyNumber, OrgId } from '../core/organisation.ts';
export interface Organisation {
  /** As in topic names, e.g. `telemarkfylke-no`. */
  org: OrgId;
  /** Two digits, e.g. `40`. */
  county: CountyNumber;
}
