import type { AdapterContext } from '../core/feedAdapter.ts';
import { matchNames } from '../core/nav/matchNames.ts';
import type { OrgId } from '../core/organisation.ts';
import type { Policy } from '../core/policy.ts';
import type { Vault } from '../store/vault.ts';

/** What an adapter may use of the organisation whose record it reads. */
export function adapterContext(parts: {
  org: OrgId;
  environment: AdapterContext['environment'];
  policy: Pick<Policy, 'county' | 'activations'>;
  vault: Pick<Vault, 'pseudonym' | 'nameTag' | 'pairwise'>;
}): AdapterContext {
  const { org, environment, policy, vault } = parts;
  return {
    county: policy.county,
    environment,
    activations: policy.activations,
    pseudonym: (fodselsnummer) => vault.pseudonym(fodselsnummer),
    nameTag: (name) => vault.nameTag(name),
    askedRef: (batch, matchId) => vault.pairwise(org, matchNames(batch)).refOf(matchId),
  };
}
