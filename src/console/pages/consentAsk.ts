import { html } from 'hono/html';
import type { AskedFor } from '../../core/consent/toAsk.ts';
import { LANGUAGES, type Language } from '../../core/language.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { ConsentParty, ConsentSide } from '../../core/youth/statusEvent.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { requestTextNamed } from '../../text/consentRequest.ts';
import type { Html } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { ASKED_FOR_WHY, ASKED_PARTY, ASKED_SIDE, CONSENT_ASK } from '../text/consentAsk.ts';

/** One party to ask. */
export interface AskedParty {
  part: ConsentParty;
  sides: readonly { side: ConsentSide; state: AskedFor }[];
  /** Id of its text. */
  text: string;
}

/** `ungdommen: at OT spør NAV og at NAV svarer OT (er ikke spurt)` with the way to what is sent.
 *  @param worklists where the page's links find the worklists */
export function askLine(
  { language }: Pick<Visit, 'language'>,
  { part, sides, text }: AskedParty,
  worklists: '' | '../arbeidsliste/',
): Html {
  const t = CONSENT_ASK[language];
  // Once for both sides, where they are asked for the same reason.
  const states = [...new Set(sides.map(({ state }) => state))];
  const about = states.map((why) => {
    const alike = sides.filter(({ state }) => state === why).map(({ side }) => ASKED_SIDE[language][side]);
    return `${alike.join(t.and)} (${ASKED_FOR_WHY[language][why]})`;
  });
  return html`${ASKED_PARTY[language][part]}: ${about.join(', ')} <a href="${worklists}ask-consent/${text}">${t.seeText}</a>`;
}

/** What is sent to a youth or a guardian, in both written forms, and where the answer goes. On a page of its own: the texts
 *  are longer than all else of a list of whom to ask. */
export function requestTextPage(frame: Frame): void {
  frame.page({
    access: 'worklist:read',
    path: '/arbeidsliste/ask-consent/{text}',
    show({ language, param }) {
      const t = CONSENT_ASK[language];
      const text = requestTextNamed(param('text'));
      if (text === undefined) throw new DeskRefusal('NOT_FOUND', REFUSAL.nb.noRequestText);
      const { id, nb, nn } = text;
      // Guardians are asked the same.
      const receiver = ASKED_PARTY[language][id.startsWith('UNGDOM') ? 'UNGDOM' : 'FORESATT'];
      const content = html`<p class="lead">${t.textFor(receiver)}</p>
<p>${t.textsMore}</p>
${written('nb', t.bokmal, nb)}${written('nn', t.nynorsk, nn)}<h2>${t.answer}</h2>
<p>${t.answerMore} ${t.no}</p>
`;
      return { title: t.texts, subjects: [], content };
    },
  });
}

function written(language: Language, heading: string, text: string): Html {
  return html`<h2>${heading}</h2>
<blockquote lang="${language}" title="${LANGUAGES[language]}">${text.split('\n').map((line) => html`<p>${line}</p>`)}</blockquote>
`;
}
