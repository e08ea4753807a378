import * as z from 'zod';
import { CALL_KINDS } from '../../../src/core/subscription/subscription.ts';
import { withdrawnRow } from './projectionSchemas.ts';

// What a receiver is sent, as a JSON Schema for its developer. Closed: a field that is not named here never comes.

const timestamp = z.iso.datetime().describe('When it was recorded.');
const href = z.url().describe('Where to read it as it is now, with a token.');
const id = z
  .string()
  .regex(/^msg_[a-z2-7]{26}$/)
  .describe('The same as the header webhook-id: the same in every attempt and replay.');
const org = z.string();
const subscription = z.uuid();

const ofYouth = z.strictObject({
  type: z.enum(
    CALL_KINDS.filter((kind) => kind !== 'receipt' && kind !== 'nav-withdrawal').map(
      (kind) => `no.otbridge.ot.${kind}.v1` as const,
    ),
  ),
  timestamp,
  data: z.strictObject({
    org,
    ref: z
      .string()
      .regex(/^pw_[a-z2-7]{26}$/)
      .describe('The youth, as this subscriber alone knows it.'),
    version: z.int().min(1).describe('Rises for each youth: drop a call with a lower one than you have.'),
    id,
    href,
  }),
});
const ofReceipt = z.strictObject({
  type: z.literal('no.otbridge.ot.receipt.v1'),
  timestamp,
  data: z.strictObject({ org, id, href }),
});
const ofWithdrawal = z.strictObject({
  type: z.literal('no.otbridge.ot.nav-withdrawal.v1'),
  timestamp: z.iso.datetime().describe('Since when it may not be used.'),
  data: z.strictObject({ org, id, ...withdrawnRow }),
});
const notices = [
  z.strictObject({
    type: z.literal('no.otbridge.subscription.verification.v1'),
    timestamp,
    data: z.strictObject({ subscription, challenge: z.string() }),
  }),
  z.strictObject({
    type: z.literal('no.otbridge.subscription.test.v1'),
    timestamp,
    data: z.strictObject({ subscription }),
  }),
  z.strictObject({
    type: z.literal('no.otbridge.subscription.disabled.v1'),
    timestamp,
    data: z.strictObject({ subscription, reason: z.enum(['GONE', 'FAILING']) }),
  }),
] as const;

export const CallSchema = z
  .union([ofYouth, ofReceipt, ofWithdrawal, ...notices])
  .meta({ title: 'Call to a receiver' });

export const WEBHOOK_SCHEMA = new URL('../../../schemas/webhook/call.schema.json', import.meta.url);

export function webhookSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(CallSchema), null, 2)}\n`;
}
