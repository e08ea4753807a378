import type { OrgId } from '../organisation.ts';
import type { SheetName } from '../report/sheetName.ts';
import type { Feed } from '../youth/statusEvent.ts';
import type { Role } from './role.ts';

/** Which rows of an organisation a permission covers. */
export type Reach =
  | { kind: 'county' }
  /** Youths with these owner units. */
  | { kind: 'units'; units: readonly string[] }
  /** Rows sent by, or about, these institutions. */
  | { kind: 'institutions'; institutions: readonly string[] }
  /** What this caller has sent itself, by its `senderOf`. */
  | { kind: 'sender'; sender: string };

/** What a caller may see through one access. */
export interface Permission {
  reach: Reach;
  /** What came by these feeds alone; null: by all. */
  feeds: readonly Feed[] | null;
  /** These reports alone; null: all. */
  sheets: readonly SheetName[] | null;
  /** Organisations it holds at; null: all. Decisive on routes about no single organisation. */
  organisations: readonly OrgId[] | null;
  /** Roles it rests on; null: the caller may do everything. Empty for a machine. */
  roles: readonly Role[] | null;
  /** Personal data are masked. */
  masked: boolean;
  /** Hears of youths at a strictly protected address. */
  protectedYouths: boolean;
  /** Only of these units' youths at such an address; left out: of all in reach. */
  protectedUnits?: readonly string[];
  /** Roles or scopes that it follows from, with spaces between, for the audit trail; `local` for a caller who may do
   *  everything. */
  by: string;
}

export type AccessRefusal =
  /** A token without the scope; `scope` is without the prefix as `decide` gives it, with it as it is answered. */
  | { code: 'SCOPE_MISSING'; scope: string }
  /** The organisation number has no agreement about this here. */
  | { code: 'NO_GRANT' }
  /** No role of the person covers it. */
  | { code: 'NOT_PERMITTED' }
  /** Must prove again who they are, at the highest level. */
  | { code: 'LOGIN_TOO_OLD' };

export type AccessDecision =
  | { permitted: true; permission: Permission }
  | { permitted: false; refusal: AccessRefusal };

export const WHOLE_COUNTY: Permission = {
  reach: { kind: 'county' },
  feeds: null,
  sheets: null,
  organisations: null,
  roles: null,
  masked: false,
  protectedYouths: true,
  by: 'local',
};
