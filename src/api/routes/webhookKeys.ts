import { z } from '@hono/zod-openapi';
import { instantOf } from '../../core/time/date.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';

/** RFC 8037: Ed25519 as a JWK. */
const JwkSchema = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string(),
    use: z.literal('sig'),
    alg: z.literal('EdDSA'),
  })
  .openapi('WebhookJwk');

const keys = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/.well-known/webhook-keys',
  tags: ['subscriptions'],
  summary: 'De offentlige nøklene som signerer kall (v1a), som JWK-er',
  responses: {
    200: {
      description: 'Nøklene',
      content: { 'application/json': { schema: z.object({ keys: z.array(JwkSchema) }) } },
    },
  },
});

export function webhookKeyRoutes(
  api: Api,
  { subscriptions, now }: Pick<ApiParts, 'subscriptions' | 'now'>,
): void {
  api.openapi(keys, async (c) => {
    const known = await subscriptions.publicKeys(instantOf(now()));
    const jwks = known.map(({ kid, publicKey }) => ({
      ...{ kty: 'OKP' as const, crv: 'Ed25519' as const, x: publicKey.toString('base64url'), kid },
      ...{ use: 'sig' as const, alg: 'EdDSA' as const },
    }));
    return c.json({ keys: jwks }, 200);
  });
}
