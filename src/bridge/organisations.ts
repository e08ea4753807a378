import type { Organisation, OrgId } from '../core/organisation.ts';
import { type Policy, type PolicyChange, policyWith } from '../core/policy.ts';

/** An organisation and what its county has decided. */
export interface BridgeOrganisation extends Organisation {
  /** The county's changes to the default policy. */
  policy?: PolicyChange;
}

export interface Organisations {
  all: readonly BridgeOrganisation[];
  /** @throws when the bridge does not work for it. */
  get(id: OrgId): BridgeOrganisation;
  policyOf(id: OrgId): Policy;
}

export function createOrganisations(all: readonly BridgeOrganisation[]): Organisations {
  const byId = new Map(all.map((organisation) => [organisation.id, organisation]));
  const policies = new Map(all.map(({ id, county, policy = {} }) => [id, policyWith(county, policy)]));
  return {
    all,
    get(id) {
      const found = byId.get(id);
      if (!found) throw new Error(`the bridge does not work for ${id}`);
      return found;
    },
    policyOf(id) {
      const found = policies.get(id);
      if (!found) throw new Error(`the bridge does not work for ${id}`);
      return found;
    },
  };
}
