import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { uploadCaller } from '../../../api/uploadCaller.ts';
import type { FeedAdapter } from '../../../core/feedAdapter.ts';
import type { FeedColumns } from '../../../core/feedColumns.ts';
import type { Language } from '../../../core/language.ts';
import { columnsOf, fileFeed } from '../../../desk/uploads/fileFeed.ts';
import type { UploadCaller } from '../../../desk/uploads/uploadCaller.ts';
import type { Uploads } from '../../../desk/uploads/uploads.ts';
import { bokmal, type Html } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { NYNORSK_TITLES, SEND_LIST } from '../../text/sendList.ts';

/** What the pages that send a list work with. */
export interface SendListParts {
  uploads: Uploads;
  api: ApiParts;
}

/** The upload of an address: who works on it, and how its list is read. */
export interface Working {
  caller: UploadCaller;
  adapter: FeedAdapter;
  /** None of a feed that takes only lists that systems write. */
  columns: FeedColumns;
  id: string;
  /** Path of the pages about this upload. */
  at: string;
}

/** @throws DeskRefusal when the feed takes no lists */
export function workingOn(visit: Visit, { api }: SendListParts): Working {
  const feed = visit.param('feed');
  const id = visit.param('id');
  const adapter = fileFeed(api, feed);
  return {
    caller: uploadCaller(visit.c, feed, api),
    adapter,
    columns: columnsOf(adapter),
    id,
    at: `${visit.base}/lister/ny/${feed}/${id}`,
  };
}

export function listTitle(language: Language, { feed, title, columns }: FeedAdapter): Html | string {
  const ours = columns?.title ?? title;
  return language === 'nn' ? (NYNORSK_TITLES[feed] ?? bokmal(language, ours)) : ours;
}

type Step = 'stepFile' | 'stepColumns' | 'stepCheck' | 'stepReceipt';

const STEPS: readonly Step[] = ['stepFile', 'stepColumns', 'stepCheck', 'stepReceipt'];

/** Where in the four steps the page is. */
export function steps(language: Language, at: Step): Html {
  const t = SEND_LIST[language];
  return html`<ol class="steps no-print" aria-label="${t.steps}">${STEPS.map(
    (step) => html`<li${step === at ? html` aria-current="step"` : ''}>${t[step]}</li>`,
  )}</ol>
`;
}

/** To another page, without a result of its own. */
export function leadTo({ c }: Visit, path: string): Response {
  c.get('audit').subjects([]);
  return c.redirect(path, 303);
}
