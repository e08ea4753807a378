import { SHRINKAGE_LIMIT } from '../jobs/lists/shrinkage.ts';
import { adapterContext } from '../pipeline/adapterContext.ts';
import { createDryRun, type TryRecords } from '../pipeline/dryRun/dryRun.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

/** The dry run with the pipeline's own adapters, keys, rules and limits. */
export function dryRunOf(options: BridgeOptions, parts: BridgeParts): TryRecords {
  const { vault, decode, adapters, organisations, environment } = parts;
  const { store, operations, nav } = parts.requests;
  const share = options.vigo?.shrinkageLimit ?? SHRINKAGE_LIMIT.share;
  return createDryRun({
    store,
    operations,
    vault,
    decode,
    adapters,
    policyOf: (org) => organisations.policyOf(org),
    agreementsOf: (org) => nav.agreements(org),
    limitFor: () => ({ ...SHRINKAGE_LIMIT, share }),
    contextOf: (org) => adapterContext({ org, environment, vault, policy: organisations.policyOf(org) }),
  });
}
