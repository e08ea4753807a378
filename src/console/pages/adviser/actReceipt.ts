import { html } from 'hono/html';
import { deskAs } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { UUID } from '../../../core/uuid.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { receiptNamed } from '../../../desk/submission/receipts.ts';
import type { ReceiptView } from '../../../desk/submission/receiptView.ts';
import { type Html, problemText } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACTS } from '../../text/adviserActs.ts';

/** Seconds until the page looks again. */
const SOON = 2;

/** What has become of the act that led here, by the receipt in the address; empty without one.
 *  `refresh`: while it is under way */
export async function actReceipt(
  visit: Visit,
  parts: ApiParts,
): Promise<{ content: Html | ''; refresh?: number }> {
  const id = visit.query('kvittering');
  const reading = UUID.test(id) ? deskAs(visit.c, parts, 'receipt:read') : null;
  if (reading === null) return { content: '' };
  const { masked } = reading.permission;
  const receipt = await receiptNamed(reading.desk, visit.organisation, { id, masked }).catch(
    (error: unknown) => {
      if (error instanceof DeskRefusal && error.code === 'UNKNOWN_RECEIPT') return null;
      throw error;
    },
  );
  const said =
    receipt === null ? html`<p>${ACTS[visit.language].unknownReceipt}</p>` : becameOf(visit, receipt);
  const content = html`<div class="notice" role="status" data-live>${said}</div>\n`;
  return receipt !== null && receipt.counts.waiting > 0 ? { content, refresh: SOON } : { content };
}

function becameOf({ language }: Visit, { counts, problems }: ReceiptView): Html {
  const t = ACTS[language];
  if (counts.waiting > 0) return html`<p>${t.waiting}</p>`;
  if (counts.applied > 0) return html`<p>${t.applied}</p>`;
  if (counts.duplicate > 0) return html`<p>${t.repeated}</p>`;
  if (counts.parked > 0) return html`<p>${t.parked}</p>`;
  const why = problems.flatMap((row) => row.problems);
  return html`<p>${t.refused}</p>
<ul>${why.map((each) => html`<li>${problemText(language, each)}</li>`)}</ul>`;
}
