import type { Language } from '../../../core/language.ts';
import { bokmal, type Html } from '../../frame/fragments.ts';

/** A rule's sentence as a page shows it. */
export function ruleSentence(language: Language, sentence: string): Html | string {
  return bokmal(language, sentence);
}

/** Below `/k/<org>`. */
export const rulePath = (id: string) => `/regler/${id}`;
