import type { RuleId } from './ruleId.ts';

/** A rule that the deciding code asks: `applies` says when, `leadsTo` what then. */
export interface Rule<Case, Effect> {
  id: RuleId;
  /** decides: sets or stops something; proposes: leaves it to an adviser; validates: judges what an adviser has set. */
  kind: 'decides' | 'proposes' | 'validates';
  /** Bokmål, one sentence: why. Part of every message that the rule has made. */
  text: string;
  /** The same sentence in nynorsk. */
  nynorsk: string;
  /** Where it comes from: the document and what in it. K, V, H, Å, N as in the domain reference. */
  source: string;
  applies: (given: Case) => boolean;
  leadsTo: Effect;
}

/** A rule that holds by construction, or that only humans can follow; no code asks it. */
export interface InformationRule {
  id: RuleId;
  kind: 'informs';
  text: string;
  nynorsk: string;
  source: string;
}
