// What the pages say, in both written forms of Norwegian.

export { LANGUAGES, type Language, type Text, texts } from '../../core/language.ts';
