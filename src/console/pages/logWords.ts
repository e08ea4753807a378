import { html } from 'hono/html';
import { REFUSALS } from '../../api/refusalCodes.ts';
import type { Language } from '../../core/language.ts';
import { PURPOSE } from '../../core/sentences/purposes.ts';
import { wordsIn } from '../../text/nynorsk.ts';
import { type Html, table } from '../frame/fragments.ts';
import { OUTCOME } from '../text/done.ts';
import { doneText } from '../text/doneBy.ts';
import { ROLE_NAMES } from '../text/frame.ts';
import { PRIVACY } from '../text/privacy.ts';

// Lines of the audit trail, for people: it keeps methods, addresses and codes.

/** What was done; an operation that is no more by its name. */
export function doneCell(language: Language, operation: string): Html | string {
  return doneText(language, operation) ?? html`<code>${operation}</code>`;
}

export function outcomeText(language: Language, outcome: string): string {
  const t = OUTCOME[language];
  if (outcome === 'OK') return t.done;
  if (!Object.hasOwn(REFUSALS, outcome)) return t.refused(outcome);
  const { title } = REFUSALS[outcome as keyof typeof REFUSALS];
  const said = wordsIn(language, title);
  return t.refused(said.charAt(0).toLowerCase() + said.slice(1));
}

/** Roles by their names; scopes as they are. */
export function capacityText(language: Language, capacity: string | null): string | null {
  if (capacity === null) return null;
  const names: Readonly<Record<string, string>> = ROLE_NAMES[language];
  return capacity
    .split(' ')
    .map((each) => (Object.hasOwn(names, each) ? names[each] : each))
    .join(', ');
}

/** `KONTAKT`, `KONTAKT (navn): …`, `NAV_UTVEKSLING`, or a reason in the caller's own words. */
const LOGGED = /^([A-Z]+)(?: \((nummer|navn)\): (.*))?$/s;

export function purposeText(language: Language, purpose: string | null): string {
  if (purpose === null) return '–';
  // A page that shows both fields has logged both.
  return purpose
    .split('; ')
    .map((each) => onePurpose(language, each))
    .join('; ');
}

function onePurpose(language: Language, purpose: string): string {
  const t = OUTCOME[language];
  if (purpose === 'NAV_UTVEKSLING') return t.navExchange;
  const [, code, field, reason] = LOGGED.exec(purpose) ?? [];
  if (code === undefined || !Object.hasOwn(PURPOSE.nb, code)) return purpose;
  const why = PURPOSE[language][code as keyof typeof PURPOSE.nb];
  if (field === undefined || reason === undefined) return t.to(why);
  return t.uncovered(field === 'navn' ? t.name : t.number, why, reason);
}

/** Which operations the sentences of a page are of: for those who compare them with the API. */
export function technicalNames(language: Language, operations: readonly string[]): Html | '' {
  const known = [...new Set(operations)].flatMap((operation) => {
    const done = doneText(language, operation);
    return done === null ? [] : [[done, html`<code>${operation}</code>`] as const];
  });
  if (known.length === 0) return '';
  const t = OUTCOME[language];
  const columns = [PRIVACY[language].what, t.operation].map((heading) => ({ heading }));
  return html`<details class="no-print"><summary>${t.technical}</summary>
${table(t.technicalCaption, columns, known)}</details>
`;
}
