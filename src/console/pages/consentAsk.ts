import { html } from 'hono/html';
import type { AskedFor } from '../../core/consent/toAsk.ts';
import { LANGUAGES, type Language } from '../../core/language.ts';
import type { ConsentParty, ConsentSide } from '../../core/youth/statusEvent.ts';
import type { RequestText } from '../../text/consentRequest.ts';
import type { Html } from '../frame/fragments.ts';
import type { Visit } from '../frame/visit.ts';
import { ASKED_FOR_WHY, ASKED_PARTY, ASKED_SIDE, CONSENT_ASK } from '../text/consentAsk.ts';

/** One party to ask. */
export interface AskedParty {
  part: ConsentParty;
  sides: readonly { side: ConsentSide; state: AskedFor }[];
  /** Id of its text. */
  text: string;
}

/** `ungdommen: at OT spør NAV (er ikke spurt)`, … with the way to what is sent. */
export function askLine({ language }: Pick<Visit, 'language'>, { part, sides, text }: AskedParty): Html {
  const about = sides.map(
    ({ side, state }) => `${ASKED_SIDE[language][side]} (${ASKED_FOR_WHY[language][state]})`,
  );
  return html`${ASKED_PARTY[language][part]}: ${about.join(', ')} <a href="#${anchorOf(text)}">${CONSENT_ASK[language].seeText}</a>`;
}

/** What is sent, in both written forms, and where the answer goes. @param texts each once @param level of its headings:
 *  below that of the section it is in */
export function requestTexts(
  { language }: Pick<Visit, 'language'>,
  texts: readonly RequestText[],
  level: 2 | 3,
): Html {
  const t = CONSENT_ASK[language];
  return html`${headingOf(level, t.texts)}<p>${t.textsMore}</p>
${texts.map(
  ({
    id,
    nb,
    nn,
  }) => html`<section id="${anchorOf(id)}" tabindex="-1" aria-label="${t.textFor(receiverOf(language, id))}">
${headingOf(level === 2 ? 3 : 4, t.textFor(receiverOf(language, id)))}${written('nb', t.bokmal, nb)}${written('nn', t.nynorsk, nn)}</section>
`,
)}${headingOf(level, t.answer)}<p>${t.answerMore} ${t.no}</p>
`;
}

function headingOf(level: 2 | 3 | 4, text: string): Html {
  switch (level) {
    case 2:
      return html`<h2>${text}</h2>\n`;
    case 3:
      return html`<h3>${text}</h3>\n`;
    case 4:
      return html`<h4>${text}</h4>\n`;
  }
}

function written(language: Language, heading: string, text: string): Html {
  const lines = text.split('\n');
  return html`<details><summary>${heading}</summary>
<blockquote lang="${language}" title="${LANGUAGES[language]}">${lines.map((line) => html`<p>${line}</p>`)}</blockquote></details>
`;
}

/** Guardians are asked the same. */
function receiverOf(language: Language, id: string): string {
  return ASKED_PARTY[language][id.startsWith('UNGDOM') ? 'UNGDOM' : 'FORESATT'];
}

function anchorOf(id: string): string {
  return `tekst-${id.replaceAll('.', '-')}`;
}
