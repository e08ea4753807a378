import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import type { PersonRef } from '../../../core/person/reference.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { consentTask } from '../../../desk/youths/consentTask.ts';
import { bokmal, type Html } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { CONSENT_ASK } from '../../text/consentAsk.ts';
import { askLine } from '../consentAsk.ts';

/** Who is to be asked for consent about the youth, and the way to what to send. @param desk what the
 *  caller may read */
export async function consentSection(
  visit: Visit,
  desk: Pick<ApiParts, 'queries' | 'policyOf'>,
  asked: { ref: PersonRef; today: IsoDate },
): Promise<Html> {
  const { language, organisation } = visit;
  const t = CONSENT_ASK[language];
  const task = await consentTask(desk, organisation, asked);
  const heading = html`<h3 id="samtykke" tabindex="-1">${t.heading}</h3>\n`;
  if (task === null) return html`${heading}<p>${t.nothing}</p>\n`;
  const { reason, rule, asks } = task;
  const parties = asks.map(({ party: part, sides, text }) => ({ part, sides, text: text.id }));
  return html`${heading}${reason === null ? '' : html`<p>${bokmal(language, reason)} (${rule})</p>\n`}<ul>${parties.map((party) => html`<li>${askLine(visit, party, '../arbeidsliste/')}</li>`)}</ul>
`;
}
