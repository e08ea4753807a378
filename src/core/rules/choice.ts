import type { ViaOt } from '../youth/statusEvent.ts';
import { alreadyInActivity } from './contact.ts';
import { belongsTo, codesOf, type GroundKey } from './ground.ts';
import type { Rule } from './rule.ts';
import type { RuleId } from './ruleId.ts';

/** What an adviser has chosen, and what the choice is judged by. */
export interface Choice {
  /** Canonical code of OT-2016-07, with «no» to viaOT counted in: OTAR with NEI is OTAR_IM here. */
  code: string;
  viaOt: ViaOt;
  /** Keywords of ground.ts; besides those the adviser has stated, what is known of the youth in the same words. */
  grounds: readonly string[];
  /** OT has had contact with the youth by then. */
  contacted: boolean;
}

/** A rule that speaks for codes: the grounds that belong to it, and what they mean. */
export type CodeUse = Rule<Pick<Choice, 'grounds'>, { codes: readonly string[] }>;

export function codeUse(id: RuleId, text: string, nynorsk: string, source: string): CodeUse {
  return {
    id,
    kind: 'validates',
    text,
    nynorsk,
    source,
    applies: ({ grounds }) => belongsTo(id, grounds),
    leadsTo: { codes: codesOf(id) },
  };
}

/** What a rule that speaks against a choice proposes instead. `among`: only those of `proposed` that the grounds speak
 *  for, on the answered side of viaOT (GROUNDS), or only the other code of the same question (PAIR). */
export interface Instead {
  proposed: readonly string[];
  among?: 'GROUNDS' | 'PAIR';
}

export type Objection = Rule<Choice, Instead>;

export function states({ grounds }: Pick<Choice, 'grounds'>, ...keywords: readonly GroundKey[]): boolean {
  // Most choices have no grounds, and every step asks.
  return grounds.length > 0 && keywords.some((keyword) => grounds.includes(keyword));
}

const INSIDE: ReadonlyMap<string, string> = new Map(
  [...alreadyInActivity.leadsTo.instead].map(([inside, outside]) => [outside, inside]),
);

/** The code that the viaOT question is asked about: OTAR for OTAR and OTAR_IM. A table, never a part of the text. */
export function askedCode(code: string): string {
  return INSIDE.get(code) ?? code;
}

/** Is the youth outside the target group by «no» to viaOT, inside by «yes», or is it not said? */
export function sideOf({ code, viaOt }: Pick<Choice, 'code' | 'viaOt'>): ViaOt {
  return INSIDE.has(code) ? 'NEI' : viaOt;
}

/** Of codes in pairs, those on the side that the adviser has answered; both when nothing is answered. */
export function onSide(codes: readonly string[], side: ViaOt): string[] {
  const { instead } = alreadyInActivity.leadsTo;
  return codes.filter((code) => {
    if (INSIDE.has(code)) return side !== 'JA';
    return !(instead.has(code) && side === 'NEI');
  });
}
