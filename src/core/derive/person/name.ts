import { compare } from '../../order.ts';
import { tagsOf } from '../../person/nameTags.ts';
import type { Policy } from '../../policy.ts';
import { nameMatchesNumber } from '../../rules/person.ts';
import { schoolYearFor } from '../../time/schoolYear.ts';
import { compareKeys } from '../../youth/factOrder.ts';
import { evidenceKey, factKey } from '../../youth/youth.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { annulmentsOf, takenBackBy } from '../facts/annulments.ts';
import { type Findings, raise } from '../findings.ts';

// A number and a name that do not belong together (Y03). Names are compared as keyed tags; no person is ever found by one.
// Judged by Kafka's moments, so that the order of reading cannot matter: the name known first holds, the population
// register's and VIGO's own lists may bring another (people do change names), and any other record under another name waits
// for a human. A record that was known before the name it deviates from keeps what it decided.

/** A record under a name that was not known on the number by then. */
export interface Deviation {
  fact: Fact;
  /** The record that brought the known name. */
  known: Fact;
  /** Does not count until it has been reviewed. */
  held: boolean;
  /** Taken back by its source: no review is needed any more. */
  undone: boolean;
}

const NONE: readonly Deviation[] = [];

/** Nearly always none, and then it costs one look at each fact. */
export function deviationsOf(
  facts: readonly Fact[],
  policy: Pick<Policy, 'deviatingNames'>,
): readonly Deviation[] {
  let tag: string | null = null;
  for (const { nameTag } of facts) {
    if (nameTag === null || nameTag === tag) continue;
    if (tag !== null) return judge(facts, policy);
    tag = nameTag;
  }
  return NONE;
}

function judge(facts: readonly Fact[], policy: Pick<Policy, 'deviatingNames'>): Deviation[] {
  const annulled = annulmentsOf(facts);
  const statuses = facts.filter((fact) => fact.kind === 'AdviserStatus');
  const vouchers = new Map<string, Fact>();
  const deviations: Deviation[] = [];
  for (const { fact, tags } of namedInTurn(facts)) {
    const undone = takenBackBy(annulled, fact) !== null;
    const [known] = vouchers.values();
    if (known !== undefined && nameMatchesNumber.applies({ known: vouchers, tags })) {
      const answered = statuses.some((status) => answers(status, fact, vouchers));
      const held = policy.deviatingNames === 'VENTER' && waits(fact);
      if (!answered) deviations.push({ fact, known, held, undone });
      if (!answered && !isRegister(fact)) continue;
    }
    if (!undone) for (const tag of tags) if (!vouchers.has(tag)) vouchers.set(tag, fact);
  }
  return deviations;
}

interface Named {
  fact: Fact;
  /** Of the name in every spelling it may come in. */
  tags: readonly string[];
}

/** As they entered Kafka, each in the version that holds. */
function namedInTurn(facts: readonly Fact[]): Named[] {
  const named = facts.flatMap((fact) =>
    fact.nameTag === null ? [] : [{ fact, tags: tagsOf(fact.nameTag) }],
  );
  return named.sort(
    ({ fact: one }, { fact: other }) => compare(one.received, other.received) || compareKeys(one, other),
  );
}

/** An adviser who gives the number a status for that school year has seen which person it is about. */
function answers(
  status: FactOf<'AdviserStatus'>,
  fact: Fact,
  vouchers: ReadonlyMap<string, unknown>,
): boolean {
  if (status.firstReceived <= fact.received || status.schoolYear !== schoolYearFor(fact)) return false;
  return status.nameTag === null || tagsOf(status.nameTag).some((tag) => vouchers.has(tag));
}

/** Registers that keep the name itself: the name they write is known on the number from then on. */
function isRegister({ feed, kind }: Fact): boolean {
  return feed === 'folkeregister' || kind === 'RegisterSeen' || kind === 'ContractSeen';
}

/** Not held back are the registers, the bridge's own conclusions, and consents: whether one holds is judged from all facts
 *  on the side of caution, and a withdrawal must count immediately. */
function waits(fact: Fact): boolean {
  return !isRegister(fact) && !NEVER_WAIT.has(fact.kind);
}

const NEVER_WAIT: ReadonlySet<Fact['kind']> = new Set([
  'Consent',
  'NavAsked',
  'NavMatch',
  'NavRegister',
  'Annulled',
  'Absent',
  'Present',
  'Renumbered',
]);

/** The facts that count, with neither a held record nor what takes it back. */
export function countedFacts(facts: readonly Fact[], deviations: readonly Deviation[]): readonly Fact[] {
  if (deviations.length === 0) return facts;
  const held = new Set(deviations.flatMap((each) => (each.held ? [factKey(each.fact)] : [])));
  if (held.size === 0) return facts;
  return facts.filter(
    (fact) =>
      !held.has(factKey(fact)) &&
      !(fact.kind === 'Annulled' && held.has(factKey({ source: fact.source, id: fact.annuls }))),
  );
}

export function reviewNames(findings: Findings, deviations: readonly Deviation[]): void {
  for (const { fact, known, undone } of deviations) {
    if (undone) continue;
    const { alert: kind, category } = nameMatchesNumber.leadsTo;
    raise(findings, {
      kind,
      category,
      rule: nameMatchesNumber.id,
      fact,
      schoolYear: schoolYearFor(fact),
      county: fact.county,
      about: evidenceKey(fact),
      evidence: [known],
    });
  }
}
