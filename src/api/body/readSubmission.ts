import { createHash } from 'node:crypto';
import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { Submission } from '../../desk/submission/submit.ts';
import { FRAME_BYTES, framedSchemaId } from '../../wire/frame.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { BodyBudget } from './bodyBudget.ts';
import { feedContentType } from './contentType.ts';
import { createJsonRows, tooLarge } from './jsonRows.ts';
import { type BodyLimits, LIMITS } from './limits.ts';
import { parseJson } from './parseJson.ts';
import { readBody } from './readBody.ts';
import { refuseRepeated } from './repeatedFields.ts';
import { emptyList, unpackDocument } from './unpackDocument.ts';

interface Reading {
  request: Request;
  adapter: FeedAdapter;
  runId: string;
  budget: BodyBudget;
  limits?: BodyLimits;
}

/** Reads the body and hands it to `use`; the memory it takes is accounted for until `use` is done.
 *  @throws HttpProblem */
export async function withSubmission<T>(
  { request, adapter, runId, budget, limits = LIMITS }: Reading,
  use: (submission: Submission) => Promise<T>,
): Promise<T> {
  const format = feedContentType(request.headers.get('content-type'));
  const hash = createHash('sha256');
  const share = budget.open(limits.body);
  const take = (chunk: Buffer) => {
    share.use(chunk.length);
    hash.update(chunk);
  };
  try {
    const taken =
      format === 'avro'
        ? { rows: [await readAvro(request, limits, take)], envelope: null }
        : await readJson(request, adapter, runId, limits, take);
    return await use({ ...taken, digest: hash.digest() });
  } finally {
    share.close();
  }
}

async function readJson(
  request: Request,
  adapter: FeedAdapter,
  runId: string,
  limits: BodyLimits,
  take: (chunk: Buffer) => void,
): Promise<{ rows: Buffer[]; envelope: ListEnvelope | null }> {
  const split = createJsonRows(limits, adapter.unpack ? limits.document : limits.row);
  await readBody(request, limits.body, (chunk) => {
    take(chunk);
    split.push(chunk);
  });
  const body = split.end();
  if (body.kind === 'list') {
    if (body.rows.length === 0) throw emptyList();
    return { rows: body.rows, envelope: null };
  }
  const value = parseJson(body.bytes, body.start);
  const unpacked = unpackDocument(adapter, value, runId, limits);
  if (unpacked) {
    refuseRepeated(body.bytes, value, 'INVALID_DOCUMENT');
    return unpacked;
  }
  if (body.bytes.length > limits.row) throw tooLarge(limits.row);
  return { rows: [body.bytes], envelope: null };
}

async function readAvro(
  request: Request,
  limits: BodyLimits,
  take: (chunk: Buffer) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await readBody(request, limits.row, (chunk) => {
    take(chunk);
    chunks.push(chunk);
  });
  const record = Buffer.concat(chunks);
  if (framedSchemaId(record) === undefined || record.length === FRAME_BYTES) {
    throw new HttpProblem(
      'NOT_AVRO',
      'Posten mangler Confluents innramming: en nullbyte, fire byte skjema-id og så Avro-innholdet. Send én post om gangen.',
    );
  }
  return record;
}
