/** Which rows of an organisation a permission covers. */
export type Reach =
  | { kind: 'county' }
  /** Youths with these owner units. */
  | { kind: 'units'; units: readonly string[] }
  /** Rows sent by, or about, these institutions. */
  | { kind: 'institutions'; institutions: readonly string[] };

/** What a caller may see through one access at one organisation. */
export interface Permission {
  reach: Reach;
  /** Personal data are masked. */
  masked: boolean;
  /** Hears of youths at a strictly protected address. */
  protectedYouths: boolean;
}

export type AccessRefusal =
  /** A token without the scope; `scope` has the configured prefix. */
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
  masked: false,
  protectedYouths: true,
};
