import { POLICY_FIELDS } from '../../config/policyFields.ts';
import type { ShownSetting } from '../../config/shownSettings.ts';
import type { Organisation } from '../../core/organisation.ts';
import { maskNumbers } from '../../core/person/numberInText.ts';
import { defaultPolicy, type Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { SignedEnd } from '../../store/auditSeal.ts';
import type { JobRun } from '../../telemetry/jobBook.ts';
import type { Finding, Section } from '../../text/findings.ts';
import type { DeskParts } from '../parts.ts';
import type { Checked } from './checks.ts';
import type { Installation } from './installation.ts';

/** What a county has decided, field by field. */
export interface PolicySetting {
  name: string;
  /** Bokmål. */
  text: string;
  value: string;
  from: 'POLICY_FILE' | 'STANDARD';
}

/** With what an installation runs, and how it is: no secret, nothing of a person, and no other organisation by name. */
export interface OperationView {
  versions: { what: string; version: string }[];
  roles: string[];
  started: IsoInstant;
  settings: ShownSetting[];
  policy: PolicySetting[];
  jobs: JobRun[];
  /** Youths whose records wait. */
  parked: number;
  /** Of the organisation's own chain and that of the installation; null where chains are not signed. */
  signedEnds: SignedEnd[] | null;
  /** Null: not run yet. */
  checks: { at: IsoInstant; sections: Section[] } | null;
}

type Parts = Pick<DeskParts, 'queries' | 'organisations' | 'policyOf'> & { installation: Installation };

export async function operationOf(parts: Parts, organisation: Organisation): Promise<OperationView> {
  const { installation, queries, organisations, policyOf } = parts;
  const { id, county } = organisation;
  const others = organisations.filter((each) => each.id !== id).map((each) => each.id);
  const shown = shownTo(others);
  const ends = installation.signedEnds();
  return {
    versions: [...installation.versions],
    roles: [...installation.roles],
    started: installation.started,
    settings: installation.settings.map((each) => ({
      ...each,
      value: each.value === null ? null : shown(each.value),
    })),
    policy: policySettings(policyOf(id), defaultPolicy(county)),
    jobs: [...installation.jobs()],
    parked: (await queries.waitingGroups(id)).reduce((sum, { persons }) => sum + persons, 0),
    signedEnds: ends === null ? null : ends.filter(({ chain }) => !others.some((other) => other === chain)),
    checks: checksFor(installation.checks.last(), others),
  };
}

function checksFor(checked: Checked | null, others: readonly string[]): OperationView['checks'] {
  if (checked === null) return null;
  const shown = shownTo(others);
  const finding = (each: Finding): Finding => ({
    ...each,
    found: shown(each.found),
    cure: each.cure === null ? null : shown(each.cure),
  });
  const sections = checked.sections.map(({ title, findings }) => ({
    title,
    // What is about another organisation alone is not this one's.
    findings: findings.filter(({ checked: what }) => shown(what) === what).map(finding),
  }));
  return { at: checked.at, sections };
}

const OTHER = 'en annen organisasjon';

/** Without the names of other organisations, which may be in topics too; and without what looks like a person's number. */
function shownTo(others: readonly string[]): (text: string) => string {
  const longest = others.toSorted((one, other) => other.length - one.length);
  const names = longest.map(
    (each) => new RegExp(`(?<![\\p{L}\\d._-])${RegExp.escape(each)}(?![\\p{L}\\d_-])`, 'gu'),
  );
  return (text) => maskNumbers(names.reduce((left, name) => left.replaceAll(name, OTHER), text));
}

function policySettings(policy: Policy, standard: Policy): PolicySetting[] {
  const [own, usual]: Readonly<Record<string, unknown>>[] = [{ ...policy }, { ...standard }];
  return Object.entries(POLICY_FIELDS).map(([name, schema]) => {
    const value = JSON.stringify(own?.[name] ?? null);
    const from = value === JSON.stringify(usual?.[name] ?? null) ? 'STANDARD' : 'POLICY_FILE';
    return { name, text: String(schema.meta()?.text ?? ''), value, from };
  });
}
