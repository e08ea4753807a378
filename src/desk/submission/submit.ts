import type { Reach } from '../../core/access/permission.ts';
import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import { readTraceparent, traceparentText } from '../../core/traceparent.ts';
import { adapterContext } from '../../pipeline/adapterContext.ts';
import type { ReceiptSource } from '../../store/operationsPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { rowHeaders } from './foreignRows.ts';
import { hashedKey } from './idempotencyKey.ts';
import { sendRows } from './sendRows.ts';

/** A submission before its body is read. */
export interface Draft {
  /** The sender's idempotency key as it is kept. */
  key: string | null;
  /** The receipt it gets unless its key has one already. */
  receipt: string;
  /** `run` of the list it may hold. */
  runId: string;
}

/** The records of a submission, as the bytes that go to Kafka. */
export interface Submission {
  rows: readonly Buffer[];
  /** When the rows are one whole list. Its `run` holds the draft's `runId`. */
  envelope: ListEnvelope | null;
  /** SHA-256 over the bytes of the body. */
  digest: Buffer;
  /** What the sender calls the rows, and the receipt too; else the first is 1. */
  numbers?: readonly number[];
  /** Keyed hash of the uploaded file that has them. */
  fileHash?: Buffer;
}

/** Whose the receipt is. */
export interface Sender {
  /** By `senderOf`. */
  sender: string;
  /** The school it is sent for; null when the access is no school's. */
  institution: string | null;
}

export interface Submitting {
  organisation: Organisation;
  adapter: FeedAdapter;
  draft: Draft;
  submission: Submission;
  /** As the receipt is kept. */
  from: Sender;
  /** Which rows the sender may send. */
  reach: Reach;
  /** W3C trace context as the sender gave it; what is not one is left out. */
  traceparent: string | null;
}

export interface Submitted {
  receiptId: string;
  rows: number;
  /** The same was sent before: the receipt is the first one. */
  repeated: boolean;
}

type Parts = Pick<
  DeskParts,
  | 'operations'
  | 'vault'
  | 'store'
  | 'publisher'
  | 'decode'
  | 'environment'
  | 'policyOf'
  | 'now'
  | 'newId'
  | 'log'
>;

/** @param idempotencyKey as the sender gave it @throws DeskRefusal INVALID_IDEMPOTENCY_KEY */
export function draftOf(
  { vault, newId }: Pick<Parts, 'vault' | 'newId'>,
  idempotencyKey: string | null,
): Draft {
  const key = hashedKey(vault, idempotencyKey);
  const receipt = newId();
  return { key, receipt, runId: runIdOf(receipt) };
}

/** Resolves when Kafka has acknowledged every row. @throws DeskRefusal IDEMPOTENCY_CONFLICT, KAFKA_SLOW */
export type Submit = (submitting: Submitting) => Promise<Submitted>;

/** Rows become records in Kafka, once per idempotency key, with a receipt opened before the first of them. */
export function createSubmit(parts: Parts): Submit {
  // Two identical submissions at the same time: the second waits for the first instead of sending all again.
  const underWay = new Map<string, Promise<void>>();

  return async ({ organisation, adapter, draft, submission, from, reach, traceparent }) => {
    const virtual = await parts.operations.virtualNow(organisation.id);
    const received = virtual ?? instantOf(parts.now());
    const rows = submission.rows.length;
    const receipt = await parts.operations.openReceipt({
      id: draft.receipt,
      org: organisation.id,
      feed: adapter.feed,
      rows,
      idempotencyKey: draft.key,
      // Keyed: a bare hash of one short record could be tried out against every identity number.
      bodyHash: parts.vault.digest('body', submission.digest.toString('base64')),
      received,
      ...from,
      ...sourceOf(submission),
    });
    if (receipt.state === 'conflict') throw conflict();
    if (!receipt.sent) {
      const send = async () => {
        await sendRows(parts, submission.rows, {
          topic: feedTopic(organisation.id, adapter.feed),
          receipt: receipt.id,
          keying: {
            adapter,
            context: adapterContext({
              ...parts,
              org: organisation.id,
              policy: parts.policyOf(organisation.id),
            }),
            received,
          },
          headersOf: rowHeaders(parts.decode, {
            adapter,
            envelope: runOf(submission.envelope, draft.receipt, receipt.id),
            reach,
          }),
          timestamp: virtual === null ? null : epochOf(virtual),
          traceparent: checkedTraceparent(traceparent),
          numbers: submission.numbers,
        });
        await parts.operations.receiptSent(receipt.id);
      };
      await once(underWay, receipt.id, send);
    }
    const repeated = receipt.state === 'repeated';
    parts.log({
      event: 'submitted',
      org: organisation.id,
      feed: adapter.feed,
      receipt: receipt.id,
      rows,
      repeated,
    });
    return { receiptId: receipt.id, rows, repeated };
  };
}

function sourceOf({ fileHash, numbers }: Submission): { source?: ReceiptSource } {
  return fileHash === undefined || numbers === undefined ? {} : { source: { fileHash, sheetRows: numbers } };
}

/** A list sent again under its first receipt is the same list, not a new one. */
function runOf(envelope: ListEnvelope | null, drafted: string, receipt: string): ListEnvelope | null {
  if (envelope === null) return null;
  return { ...envelope, run: envelope.run.replace(runIdOf(drafted), runIdOf(receipt)) };
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

function checkedTraceparent(traceparent: string | null): string | undefined {
  const read = readTraceparent(traceparent ?? '');
  return read && traceparentText(read);
}

function conflict(): DeskRefusal {
  return new DeskRefusal(
    'IDEMPOTENCY_CONFLICT',
    'Denne Idempotency-Key er alt brukt for et annet innhold. Ingenting er endret. Bruk en ny nøkkel for en ny innsending.',
  );
}
