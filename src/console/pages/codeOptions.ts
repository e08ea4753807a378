import { listOn, statusText } from '../../core/codelists/otStatus.ts';
import type { Language } from '../../core/language.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { Option } from '../frame/fragments.ts';

/** Codes of statuses with their official names, which are in bokmål. */
export function codeOptions(language: Language, among: readonly string[], today: IsoDate): Option[] {
  return among.map((value) => {
    const text = statusText(listOn(today), value, today);
    if (text === undefined) return { value, label: value };
    const label = `${value}: ${text}`;
    return language === 'nb' ? { value, label } : { value, label, lang: 'nb' };
  });
}
