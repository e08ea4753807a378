import { ROLE } from '../sentences/roles.ts';

/** What a person may be assigned, with its description (bokmål). The words are those of the counties. */
export const ROLES = ROLE.nb;

export type Role = keyof typeof ROLES;
