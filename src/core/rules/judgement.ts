import { askedCode, type Choice, type Instead, onSide, sideOf } from './choice.ts';
import { isFollowed, speakingAgainst } from './compatibleGrounds.ts';
import { type Ground, groundsIn } from './ground.ts';
import { PRECEDENCE, type Step } from './precedence.ts';
import { IN_TRAINING, inTraining } from './proposal.ts';
import type { RuleId } from './ruleId.ts';

/** A choice that a rule speaks against. */
export interface Objected {
  rule: RuleId;
  /** The codes proposed instead; none when the rule knows no better. */
  proposed: string[];
}

export type Verdict =
  | { kind: 'ALLOWED' }
  | ({ kind: 'REFUSED' } & Objected)
  | ({ kind: 'WARNED' } & Objected)
  /** A rule speaks against it, and the adviser keeps it with a reason: counted. */
  | ({ kind: 'UPHELD' } & Objected);

export const refusedChoice = { alert: 'STATUS_AVVIST', category: 'review' } as const;
export const warnedChoice = { alert: 'STATUS_ADVARSEL', category: 'review' } as const;

const ALLOWED: Verdict = Object.freeze({ kind: 'ALLOWED' });

/**
 * Is an adviser's choice accepted? A refusal goes before any warning; among refusals and among warnings the first in
 * PRECEDENCE is given. Only the adviser's own grounds can refuse: `known`, what else is known of the youth in the words
 * of the grounds, can warn. What is neither stated nor known is not guessed.
 */
export function judge(choice: Choice, override: string | null, known: readonly string[] = []): Verdict {
  let upheld: Verdict | null = null;
  for (const step of PRECEDENCE) {
    if (step.verdict !== 'REFUSED' || !step.applies(choice)) continue;
    const objected = objection(step, choice);
    if (!step.mayStand || override === null) return { kind: 'REFUSED', ...objected };
    upheld ??= { kind: 'UPHELD', ...objected };
  }
  if (upheld !== null) return upheld;
  const warning = warningAgainst(choice, known);
  if (warning === null) return ALLOWED;
  return { kind: override === null ? 'WARNED' : 'UPHELD', ...warning };
}

function warningAgainst(choice: Choice, known: readonly string[]): Objected | null {
  if (choice.grounds.length === 0 && known.length === 0 && !needsGround(choice.code)) return null;
  const all = known.length === 0 ? choice : { ...choice, grounds: [...choice.grounds, ...known] };
  for (const step of PRECEDENCE) {
    if (step.applies(all) && (step.ownGrounds === undefined || step.applies(choice)))
      return objection(step, all);
  }
  const stated = groundsIn(choice.grounds);
  const other = speakingForOthers(choice.code, stated);
  if (other !== null && !isFollowed(choice.code, choice.grounds)) return inFavourOf(other, choice, stated);
  const against = speakingAgainst(choice.code, choice.grounds).filter(
    (ground) => !isOutweighed(ground, stated),
  );
  if (against[0] !== undefined) return inFavourOf(against[0], choice, against);
  if (known.length === 0 || !TRAINING.has(askedCode(choice.code))) return null;
  const training = groundsIn(all.grounds).filter(({ activity }) => activity === 'training');
  const elsewhere = speakingForOthers(choice.code, training);
  return elsewhere === null ? null : inFavourOf(elsewhere, choice, training);
}

/** Can the code be questioned without any ground? */
export function needsGround(code: string): boolean {
  return code === 'OTNO';
}

function isOutweighed({ codes }: Ground, others: readonly Ground[]): boolean {
  const outweighed = others.flatMap(({ outweighs = [] }) => outweighs);
  return codes.every((code) => outweighed.includes(code));
}

const TRAINING: ReadonlySet<string> = new Set(IN_TRAINING.map(({ leadsTo }) => leadsTo.viaOt));

/** The first ground, when there are some and none of them speaks for the code. */
function speakingForOthers(code: string, grounds: readonly Ground[]): Ground | null {
  const speaking = grounds.filter((ground) => !isOutweighed(ground, grounds));
  return speaking.some(({ codes }) => codes.includes(code)) ? null : (speaking[0] ?? null);
}

function inFavourOf({ rule }: Ground, choice: Choice, grounds: readonly Ground[]): Objected {
  return { rule, proposed: onSide(spokenFor(grounds), sideOf(choice)) };
}

function objection({ rule, instead }: Step, choice: Choice): Objected {
  return { rule: rule.id, proposed: narrowed(instead, choice) };
}

function narrowed({ proposed, among }: Instead, choice: Choice): string[] {
  if (among === undefined) return [...proposed];
  switch (among) {
    case 'PAIR':
      return proposed.filter((code) => askedCode(code) === askedCode(choice.code));
    case 'GROUNDS': {
      const spoken = spokenFor(groundsIn(choice.grounds));
      return onSide(
        proposed.filter((code) => spoken.includes(code)),
        sideOf(choice),
      );
    }
  }
}

/** The codes that the grounds speak for, in their order. A measure must fit all its grounds, and a private school
 *  goes before a public one. */
function spokenFor(grounds: readonly Ground[]): string[] {
  const measures = grounds.filter(({ activity }) => activity === 'measure');
  const isPrivate = grounds.some(({ codes }) => codes.includes(inTraining('private-school').leadsTo.viaOt));
  const isPublic = inTraining('school').leadsTo.viaOt;
  const codes = new Set<string>();
  for (const ground of grounds) {
    if (isPrivate && ground.codes.includes(isPublic)) continue;
    for (const code of ground.codes) {
      if (ground.activity === 'measure' && !measures.every((other) => other.codes.includes(code))) continue;
      codes.add(code);
    }
  }
  return [...codes];
}
