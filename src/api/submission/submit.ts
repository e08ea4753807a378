import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import { readTraceparent, traceparentText } from '../../core/traceparent.ts';
import type { DeskParts } from '../../desk/parts.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { adapterContext } from '../../pipeline/adapterContext.ts';
import type { BodyBudget } from '../body/bodyBudget.ts';
import { withSubmission } from '../body/readSubmission.ts';
import { idempotencyKey } from './idempotencyKey.ts';
import { sendRows } from './sendRows.ts';

export interface Submitted {
  receiptId: string;
  rows: number;
}

export type Submit = (
  request: Request,
  organisation: Organisation,
  adapter: FeedAdapter,
) => Promise<Submitted>;

/** A body becomes records in Kafka, once per idempotency key, with a receipt opened before the first of them. */
export function createSubmit(parts: DeskParts, budget: BodyBudget): Submit {
  // Two identical requests at the same time: the second waits for the first instead of sending all again.
  const underWay = new Map<string, Promise<void>>();

  return async (request, organisation, adapter) => {
    const key = idempotencyKey(parts.vault, request.headers.get('idempotency-key'));
    const provisional = parts.newId();
    return withSubmission({ request, adapter, runId: runIdOf(provisional), budget }, async (submission) => {
      const virtual = await parts.desk.virtualNow(organisation.id);
      const received = virtual ?? instantOf(parts.now());
      const rows = submission.rows.length;
      const receipt = await parts.desk.openReceipt({
        id: provisional,
        org: organisation.id,
        feed: adapter.feed,
        rows,
        idempotencyKey: key,
        // Keyed: a bare hash of one short record could be tried out against every identity number.
        bodyHash: parts.vault.hmac(submission.digest.toString('base64')),
        received,
      });
      if (receipt.state === 'conflict') throw conflict();
      if (!receipt.sent) {
        const send = async () => {
          await sendRows(parts, submission.rows, {
            topic: feedTopic(organisation.id, adapter.feed),
            receipt: receipt.id,
            keying: {
              adapter,
              context: adapterContext({ ...parts, policy: parts.policyOf(organisation.id) }),
              received,
            },
            envelope: runOf(submission.envelope, provisional, receipt.id),
            timestamp: virtual === null ? null : epochOf(virtual),
            traceparent: traceparentOf(request),
          });
          await parts.desk.receiptSent(receipt.id);
        };
        await once(underWay, receipt.id, send);
      }
      parts.log({
        event: 'submitted',
        org: organisation.id,
        feed: adapter.feed,
        receipt: receipt.id,
        rows,
        repeated: receipt.state === 'repeated',
      });
      return { receiptId: receipt.id, rows };
    });
  };
}

/** A list sent again under its first receipt is the same list, not a new one. */
function runOf(envelope: ListEnvelope | null, provisional: string, receipt: string): ListEnvelope | null {
  if (envelope === null) return null;
  return { ...envelope, run: envelope.run.replace(runIdOf(provisional), runIdOf(receipt)) };
}

/** A receipt's id in groups of four: a UUID may hold eleven digits in a row, which no run id may. */
function runIdOf(receipt: string): string {
  return receipt.replaceAll('-', '').replace(/.{4}(?!$)/g, '$&-');
}

async function once(
  underWay: Map<string, Promise<void>>,
  id: string,
  run: () => Promise<void>,
): Promise<void> {
  const running = underWay.get(id) ?? run().finally(() => underWay.delete(id));
  underWay.set(id, running);
  await running;
}

function traceparentOf(request: Request): string | undefined {
  const header = request.headers.get('traceparent') ?? '';
  const read = readTraceparent(header);
  return read && traceparentText(read);
}

function conflict(): DeskRefusal {
  return new DeskRefusal(
    'IDEMPOTENCY_CONFLICT',
    'Denne Idempotency-Key er alt brukt for et annet innhold. Ingenting er endret. Bruk en ny nøkkel for en ny innsending.',
  );
}
