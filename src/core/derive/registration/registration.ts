import { listOn, statusIn } from '../../codelists/otStatus.ts';
import { firstStatus } from '../../rules/tilmelding.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Registration } from '../../youth/youth.ts';
import type { OtStatus } from '../../youth/youthEvent.ts';
import { statusOf } from '../adviser/adviserStatus.ts';
import { ownerOf } from '../county/owner.ts';
import type { Findings } from '../findings.ts';
import type { RegistrationFile } from './file.ts';

/** The registration that follows from a file; null when nothing in it holds. */
export function registrationOf(findings: Findings, file: RegistrationFile): Registration | null {
  const { schoolYear, county, decider, recode } = file;
  const { current, counted } = file.statuses;
  const tilmeldingskode = recode?.tilmeldingskode ?? decider?.code ?? null;
  const effective = decider?.effective ?? recode?.effective ?? earliest(counted);
  if (effective === null) return null;
  const owner = ownerOf(findings.ledger, findings.policy, county);
  if (current !== null)
    return { schoolYear, county, tilmeldingskode, effective, owner, status: statusOf(current) };
  // The only place that sets a status without an adviser.
  if (!firstStatus.applies({ tilmeldingskode })) return null;
  return { schoolYear, county, tilmeldingskode, effective, owner, status: firstStatusFrom(effective) };
}

/** R01. */
export function firstStatusFrom(effective: IsoDate): OtStatus {
  const { code } = firstStatus.leadsTo;
  const list = listOn(effective);
  const entry = statusIn(list, code);
  if (entry === undefined || entry.targetGroup === null) throw new Error(`${code} is not in ${list}`);
  const { group, targetGroup } = entry;
  return { code, list, group, targetGroup, viaOt: 'UKJENT', effective, setBy: 'RULE', rule: firstStatus.id };
}

function earliest(statuses: readonly { effective: IsoDate }[]): IsoDate | null {
  let first: IsoDate | null = null;
  for (const { effective } of statuses) if (first === null || effective < first) first = effective;
  return first;
}
