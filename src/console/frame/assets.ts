import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Api } from '../../api/apiEnv.ts';
import { HttpProblem } from '../../api/httpProblem.ts';
import { addRaw, defineRoute } from '../../api/route.ts';
import { HASHED_FILE } from '../../api/securityHeaders.ts';

interface Asset {
  path: string;
  type: string;
  bytes: Buffer;
}

function assetOf(name: string, ending: string, type: string): Asset {
  const bytes = readFileSync(new URL(`../assets/${name}.${ending}`, import.meta.url));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { path: `/console/${name}-${hash}.${ending}`, type, bytes };
}

export const STYLE = assetOf('console', 'css', 'text/css; charset=utf-8');
export const SCRIPT = assetOf('console', 'js', 'text/javascript; charset=utf-8');

const route = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/console/{file}',
  hide: true,
  responses: { 200: { description: 'Stilen og skriptet til konsollen' } },
});

/** The style and the script of all pages, under names that change with them. */
export function assetRoutes(api: Api): void {
  const assets = new Map([STYLE, SCRIPT].map((asset) => [asset.path, asset]));
  addRaw(api, route, (c) => {
    const asset = assets.get(c.req.path);
    if (asset === undefined) throw new HttpProblem('NOT_FOUND', 'Filen finnes ikke. Åpne siden på nytt.');
    return c.body(new Uint8Array(asset.bytes), 200, {
      'content-type': asset.type,
      'cache-control': HASHED_FILE,
    });
  });
}
