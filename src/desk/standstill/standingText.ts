import type { Language } from '../../core/language.ts';
import { FEED_NAMES, LIST_NAMES, listKind } from '../../text/names.ts';
import { standingText } from '../../text/standing.ts';
import type { Standing } from './standing.ts';

/** With what it is, why, and what to do. */
export interface StandingInWords extends Standing {
  what: string;
  cause: string;
  cure: string;
}

/** `detail` stays in bokmål, where it is a sentence. */
export function standingInWords(language: Language, standing: Standing): StandingInWords {
  const { kind, count, detail } = standing;
  return {
    ...standing,
    ...standingText(language, kind, { where: whereOf(language, standing), count, detail }),
  };
}

function whereOf(language: Language, { feed, list, name }: Standing): string {
  if (feed !== null) return FEED_NAMES[language][feed];
  if (list !== null) {
    const { kind, school } = listKind(list);
    return `${LIST_NAMES[language][kind]}${school === null ? '' : ` (${school})`}`;
  }
  return name ?? '';
}
