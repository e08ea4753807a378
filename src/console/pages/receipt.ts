import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { csvAnswer } from '../../api/spreadsheet.ts';
import { uploadCaller } from '../../api/uploadCaller.ts';
import { UUID } from '../../core/uuid.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { receiptNamed, receiptRowsNamed } from '../../desk/submission/receipts.ts';
import { RECEIPT_OWN } from '../../desk/submission/receiptTable.ts';
import type { ReceiptView } from '../../desk/submission/receiptView.ts';
import type { Uploads } from '../../desk/uploads/uploads.ts';
import { csvText } from '../../reports/csv.ts';
import type { NotedRow } from '../../store/queriesPort.ts';
import { judgedIn, problemIn } from '../../text/nynorsk.ts';
import { bokmal, type Html, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import { FILE_FEEDS } from '../frame/menu.ts';
import type { Visit } from '../frame/visit.ts';
import { RECEIPT } from '../text/receipt.ts';

const RENEW_SECONDS = 3;

/** What has become of a list that was sent. */
export function receiptPage(frame: Frame, parts: ApiParts, uploads: Uploads): void {
  frame.page({
    access: 'receipt:read',
    path: '/lister/{id}',
    async show(visit) {
      const { c, organisation, permission, language } = visit;
      const t = RECEIPT[language];
      const id = idIn(visit);
      const { masked } = permission;
      const receipt = await receiptNamed(deskFor(c, parts), organisation, { id, masked });
      const waits = receipt.counts.waiting + receipt.resent > 0;
      const content = html`<p>${t.number}: <code>${receipt.id}</code></p>
${leftPart(visit, parts, uploads)}<div data-live>
${stages({ ...visit, now: await nowOf(parts, organisation) }, receipt)}${sums(visit, receipt)}</div>
${waits ? html`<p class="quiet-text">${t.renews}</p>\n` : ''}${masked ? html`<p>${t.masked}</p>\n` : problemsPart(visit, receipt)}${
  receipt.lists.length === 0
    ? ''
    : html`<h2>${t.lists}</h2>\n<ul>${receipt.lists.map(({ text }) => html`<li>${bokmal(language, text)}</li>`)}</ul>\n`
}${nextPart(visit, receipt)}<p class="no-print"><a href="${visit.base}/lister/${receipt.id}/regneark" download>${t.csv}</a></p>
${mayShowLists(visit) ? html`<p class="no-print"><a href="${visit.base}/lister/ny">${t.sendAnother}</a></p>\n` : ''}`;
      const refresh = waits ? { refresh: RENEW_SECONDS } : {};
      return { title: t.title, subjects: [], item: `receipt:${receipt.id}`, content, ...refresh };
    },
  });
  frame.page({
    access: 'receipt:read',
    path: '/lister/{id}/regneark',
    async show(visit) {
      const { c, organisation, permission, language } = visit;
      const id = idIn(visit);
      c.get('audit').subjects([]);
      const asked = { id, masked: permission.masked };
      const rows = await receiptRowsNamed(deskFor(c, parts), organisation, asked);
      const [head = [], ...body] = judgedIn(language, rows, RECEIPT_OWN);
      return csvAnswer(c, 'kvittering', csvText(head, body));
    },
  });
}

/** Anything else than an id is an address that does not exist. */
function idIn(visit: Visit): string {
  const id = visit.param('id');
  if (!UUID.test(id)) throw new DeskRefusal('NOT_FOUND', 'Kvitteringen finnes ikke. Sjekk adressen.');
  return id;
}

function mayShowLists({ may }: Visit): boolean {
  return FILE_FEEDS.some((feed) => may('feed:write', feed));
}

/** After sending a part of a file: the way back to the rest of it, as long as it is remembered. */
function leftPart({ c, base, language, query, may }: Visit, parts: ApiParts, uploads: Uploads): Html | '' {
  const feed = query('liste');
  const id = query('fra');
  if (!FILE_FEEDS.includes(feed) || !UUID.test(id) || !may('feed:write', feed)) return '';
  try {
    const { rows, sent } = uploads.show(uploadCaller(c, feed, parts), id);
    if (rows <= sent) return '';
  } catch (error) {
    if (error instanceof DeskRefusal) return '';
    throw error;
  }
  const t = RECEIPT[language];
  return html`<p class="notice no-print">${t.left} <a href="${base}/lister/ny/${feed}/${id}/sjekk">${t.seeLeft}</a></p>\n`;
}

/** What is due because of it, and whom to call. */
function nextPart({ language, format }: Visit, { deadlines, helpline }: ReceiptView): Html {
  const t = RECEIPT[language];
  const said = deadlines.map(({ kind, by, date, figures }) => {
    const day = format.longDate(date);
    return kind === 'mend' ? t.mendBy(day, format.longDate(figures ?? date), by) : t[kind](day);
  });
  return html`<h2>${t.next}</h2>
<p>${t.nextText}</p>
${said.length === 0 ? '' : html`<ul>${said.map((each) => html`<li>${each}</li>`)}</ul>\n`}<p>${helpline === null ? t.callCounty : t.call(helpline.name, helpline.phone)}</p>
`;
}

function stages(
  { language, format, now }: Visit,
  { received, rows, counts, resent, final }: ReceiptView,
): Html {
  const t = RECEIPT[language];
  const done = rows - counts.waiting;
  const all = rows === 1 ? t.handledOne : t.handledAll(format.number(rows));
  const some = rows === 1 ? t.oneWaits : t.handledSome(format.number(done), format.number(rows));
  const handled = counts.waiting === 0 ? all : some;
  const progress =
    counts.waiting === 0
      ? ''
      : html`<br><progress max="${String(rows)}" value="${String(done)}" aria-label="${t.handled}"></progress>`;
  const ended = counts.quarantined > 0 ? t.finalButMend : t.isFinal;
  const verdict = final ? ended : counts.waiting + resent === 0 ? t.listWaits : t.notFinal;
  return html`<h2>${t.stages}</h2>
<ol>
<li><strong>${t.received}</strong>: ${t.receivedAt(format.moment(received), format.relative(received, now))}</li>
<li><strong>${t.handled}</strong>: ${handled}${progress}</li>
<li><strong>${t.final}</strong>: ${verdict}</li>
</ol>
`;
}

function sums({ language, format }: Visit, { rows, counts }: ReceiptView): Html {
  const t = RECEIPT[language];
  const kinds = ['applied', 'duplicate', 'quarantined', 'parked', 'rejected', 'waiting'] as const;
  const shown = kinds.filter((kind) => counts[kind] > 0 || kind === 'applied' || kind === 'quarantined');
  return html`<h2>${t.sums}</h2>
<dl class="sums"><div><dt>${t.all}</dt><dd>${format.number(rows)}</dd></div>${shown.map(
    (kind) => html`<div><dt>${t[kind]}</dt><dd>${format.number(counts[kind])}</dd></div>`,
  )}</dl>
`;
}

function problemsPart(visit: Visit, receipt: ReceiptView): Html {
  const t = RECEIPT[visit.language];
  const { problems, notes } = receipt;
  return html`${
    problems.length === 0
      ? html`<p>${t.noProblems}</p>\n`
      : html`<h2>${t.toMend}</h2>\n<p>${t.howToMend}</p>\n${rowTable(visit, receipt, t.toMend, problems)}`
  }${notes.length === 0 ? '' : html`<h2>${t.toCheck}</h2>\n${rowTable(visit, receipt, t.toCheck, notes)}`}`;
}

function rowTable(
  visit: Visit,
  { id, feed, sheetRows }: ReceiptView,
  caption: string,
  rows: readonly NotedRow[],
): Html {
  const { language, base, may } = visit;
  const t = RECEIPT[language];
  const heading = sheetRows === null ? t.row : t.rowInFile;
  const mends = may('receipt:mend') && may('feed:write', feed);
  const actOf = ({ row, kept }: NotedRow): Html | string => {
    if (kept === 'sent') return t.resent;
    if (kept === 'discarded') return t.discarded;
    return kept === 'open' && mends
      ? html`<a href="${base}/lister/${id}/rad/${String(row)}">${t.mendRow(row)}</a>`
      : t.mendAtSource;
  };
  const acts = rows.some(({ kept }) => kept !== null);
  return table(
    caption,
    [
      { heading, numeric: true },
      { heading: t.wrong },
      { heading: t.cure },
      ...(acts ? [{ heading: t.act }] : []),
    ],
    rows.flatMap((each) =>
      each.problems.map((problem, at) => {
        const { text, cure } = problemIn(language, problem);
        return [String(each.row), text, cure, ...(acts ? [at === 0 ? actOf(each) : ''] : [])];
      }),
    ),
  );
}
