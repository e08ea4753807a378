import { html } from 'hono/html';
import type { Language } from '../../../core/language.ts';
import { bokmal, type Html } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';

/** A rule's sentence as a page shows it. */
export function ruleSentence(language: Language, sentence: string): Html | string {
  return bokmal(language, sentence);
}

/** Below `/k/<org>`. */
export const rulePath = (id: string) => `/regler/${id}`;

/** The rule's id, or what is said of it, leading to its page for who may see it.
 *  @param known false of a rule that this program has no more: it has no page */
export function ruleLink(
  visit: Visit,
  id: string,
  { said = id, known = true }: { said?: string; known?: boolean } = {},
): Html | string {
  return known && visit.may('rule:read') ? html`<a href="${visit.base}${rulePath(id)}">${said}</a>` : said;
}
