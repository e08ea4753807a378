import { hash } from 'node:crypto';
import type { Context } from 'hono';
import type { FintAddress } from '../core/fint/resource.ts';
import type { FintAnswer, FintPage } from '../desk/fint/fint.ts';
import type { ApiEnv } from './apiEnv.ts';
import type { ApiParts } from './parts.ts';

/** Where the resources of an organisation are. */
export function fintAddress(c: Context<ApiEnv>, { fences }: Pick<ApiParts, 'fences'>): FintAddress {
  const base = `${fences.own.origins[0] ?? new URL(c.req.url).origin}/organisations/${c.get('organisation').id}/fint/utdanning`;
  return (resource, id) =>
    `${base}/${resource === 'otungdom' ? 'ot' : 'kodeverk'}/${resource}/systemid/${encodeURIComponent(id)}`;
}

/** A page with links to itself and the next, as FINT's consumer answers. @param list address without a query */
export function fintPage<T>(
  { entries, total }: FintAnswer<T>,
  { size, offset, since }: FintPage,
  list: string,
) {
  const at = (from: number) => {
    const query = new URLSearchParams({
      ...(size !== null && { size: String(size) }),
      ...(from > 0 && { offset: String(from) }),
      ...(since > 0 && { sinceTimeStamp: String(since) }),
    });
    return [{ href: query.size === 0 ? list : `${list}?${query}` }];
  };
  return {
    _embedded: { _entries: entries },
    _links: {
      self: at(offset),
      ...(size !== null && offset > 0 && { prev: at(Math.max(0, offset - size)) }),
      ...(size !== null && offset + size < total && { next: at(offset + size) }),
    },
    offset,
    size: entries.length,
    total_items: total,
  };
}

/** 304 when the caller has this very answer already. */
export function tagged<T>(c: Context<ApiEnv>, body: T) {
  const etag = `"${hash('sha256', JSON.stringify(body), 'base64url').slice(0, 27)}"`;
  c.header('etag', etag);
  c.header('cache-control', 'private, no-cache');
  const asked = c.req
    .header('if-none-match')
    ?.split(',')
    .map((each) => each.trim().replace(/^W\//, ''));
  if (asked?.some((each) => each === etag || each === '*')) return c.body(null, 304);
  return c.json(body, 200);
}
