import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { callBody, otherBody } from '../../src/core/subscription/body.ts';
import { CallSchema, WEBHOOK_SCHEMA, webhookSchema } from '../golden/make/webhookSchema.ts';

const ORG = orgId('telemarkfylke-no');
const NAMES = {
  id: `msg_${'a'.repeat(26)}`,
  base: 'https://ot.telemarkfylke.no',
  ref: `pw_${'b'.repeat(26)}`,
  alert: `0123456789abcdef-pw_${'b'.repeat(26)}`,
};
const CALL = { version: 7, recorded: '2026-11-22T07:21:04.512Z' as const };
const UUID = '7b1c2d3e-0000-4000-8000-000000000001';

test('what is sent is what the published schema allows, and at most a kilobyte', () => {
  const bodies = [
    ...(['status', 'alert', 'status-group'] as const).map((kind) => callBody(ORG, { ...CALL, kind }, NAMES)),
    otherBody(ORG, { ...CALL, kind: 'receipt', subject: UUID }, NAMES),
    otherBody(ORG, { ...CALL, kind: 'nav-withdrawal', subject: `B-2026-11 ${NAMES.ref}` }, NAMES),
    otherBody(ORG, { ...CALL, kind: 'notice', subject: `${UUID} FAILING` }, NAMES),
  ];
  for (const body of bodies) {
    expect(CallSchema.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(1_024);
  }
  expect(bodies[1]?.data).toMatchObject({
    href: `https://ot.telemarkfylke.no/organisations/telemarkfylke-no/alerts/${NAMES.alert}`,
  });
  expect(bodies.find(({ type }) => type === 'no.otbridge.ot.nav-withdrawal.v1')).toEqual({
    type: 'no.otbridge.ot.nav-withdrawal.v1',
    timestamp: CALL.recorded,
    data: { org: ORG, id: NAMES.id, batch: 'B-2026-11', matchId: NAMES.ref },
  });
  expect(CallSchema.safeParse({ ...bodies[0], name: 'x' }).success).toBe(false);
});

test('the schema is the published one (npm run golden)', () => {
  expect(readFileSync(WEBHOOK_SCHEMA, 'utf8')).toBe(webhookSchema());
});
