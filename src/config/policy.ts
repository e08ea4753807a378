import * as z from 'zod';
import { orgPart } from '../core/messages/topic.ts';
import type { Organisation, OrgId } from '../core/organisation.ts';
import type { PolicyChange } from '../core/policy.ts';
import type { PolicySource } from './config.ts';
import { POLICY_FIELDS } from './policyFields.ts';
import { readText, type Secret } from './secret.ts';

// The counties' changes to the default policy, as `{"telemarkfylke-no": {"smallCell": 3}}`. An unknown field would be
// a decision without effect: it stops the start.

export type Policies = ReadonlyMap<OrgId, PolicyChange>;

/** Each problem is one line of `message` (bokmål), with the field's place. None repeats a value. */
export function loadPolicies(
  source: PolicySource | undefined,
  organisations: readonly Organisation[],
): Secret<Policies> {
  if (source === undefined) return { ok: true, value: new Map() };
  if (source.from === 'value') return readPolicies('POLICY', source.text, organisations);
  const read = readText(source.path, 'POLICY_FILE');
  return read.ok ? readPolicies(`POLICY_FILE (${source.path})`, read.value, organisations) : read;
}

function readPolicies(name: string, text: string, organisations: readonly Organisation[]): Secret<Policies> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refused(name, [`er ikke gyldig JSON${placeIn(error)}`]);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(json);
  if (!object.success) return refused(name, ['skal være et objekt med en organisasjon per felt']);
  const policies = new Map<OrgId, PolicyChange>();
  const faults: string[] = [];
  for (const [key, value] of Object.entries(object.data)) {
    const org = orgNamed(key, organisations);
    if (org === undefined) faults.push(`${key} står ikke i ORGANISATIONS`);
    else if (policies.has(org)) faults.push(`${key} er nevnt to ganger`);
    else {
      const read = CHANGE.safeParse(value);
      policies.set(org, read.success ? read.data : {});
      if (!read.success) faults.push(...read.error.issues.flatMap((issue) => faultsOf(key, issue)));
    }
  }
  return faults.length === 0 ? { ok: true, value: policies } : refused(name, faults);
}

const CHANGE: z.ZodType<PolicyChange> = z.strictObject(POLICY_FIELDS, {
  error: 'skal være et objekt med navngitte felt',
});

function faultsOf(org: string, issue: z.core.$ZodIssue): string[] {
  const path = [org, ...issue.path.map(String)];
  if (issue.code !== 'unrecognized_keys') return [`${path.join('.')} ${wordsOf(issue)}`];
  const known = issue.path.length === 0 ? `; feltene er ${Object.keys(POLICY_FIELDS).join(', ')}` : '';
  return issue.keys.map((key) => `${[...path, key].join('.')} er ikke noe felt${known}`);
}

/** The message about a record's wrong key is inside the issue. */
function wordsOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function orgNamed(key: string, organisations: readonly Organisation[]): OrgId | undefined {
  try {
    const org = orgPart(key);
    return organisations.find((each) => each.id === org)?.id;
  } catch {
    return undefined; // a letter that no organisation can have
  }
}

/** The parser's own message holds a piece of the text; its line and column do not. */
function placeIn(error: unknown): string {
  const place = error instanceof Error ? /line (\d+) column (\d+)/.exec(error.message) : null;
  return place === null ? '' : ` (linje ${place[1]}, kolonne ${place[2]})`;
}

function refused(name: string, faults: readonly string[]): { ok: false; message: string } {
  const list = faults.length === 1 ? ` ${faults[0]}` : faults.map((fault) => `\n  ${fault}`).join('');
  return { ok: false, message: `${name} kan ikke brukes:${list}` };
}
