import type { Context } from 'hono';
import type { Api, ApiEnv } from '../../api/apiEnv.ts';
import type { ApiParts } from '../../api/parts.ts';
import { addRaw, defineRoute } from '../../api/route.ts';
import type { GuardedAccess } from '../../core/access/access.ts';
import { FRAME } from '../text/frame.ts';
import type { FormBody } from './formBody.ts';
import { readForm } from './formBody.ts';
import type { FormKeys } from './formKeys.ts';
import { layout, PAGE_HEADERS, type PageBody } from './layout.ts';
import { surroundingsOf } from './surroundings.ts';
import { KEY_FIELD, sessionOf, type Visit, visitOf } from './visit.ts';

/** Below `/k/{org}`, e.g. `/lister/{id}`. */
type Path = `/${string}`;

/** A page as it is answered, with whose data it shows. */
export interface Shown extends PageBody {
  /** References of the youths on the page, for the audit trail; none when it has none. */
  subjects: Iterable<string>;
  /** What else it is about, e.g. `receipt:…`. */
  item?: string;
}

/** An act that has had its effect, and the page that shows it. */
export interface Done {
  /** A path of ours; no name and no number of a person in it. */
  to: string;
  subjects: Iterable<string>;
  item?: string;
}

/** An act that has had its effect, and what is shown of it in its answer alone: not in an address, and not a second time. */
export interface ShownOnce {
  /** Where a second sending of the same form leads. */
  to: string;
  once: Shown;
}

export interface PageDefinition {
  access: GuardedAccess;
  path: Path;
  /** A response of its own is a file to download: it must note its subjects itself. */
  show(visit: Visit): Promise<Shown | Response> | Shown | Response;
}

export interface ActDefinition {
  access: GuardedAccess;
  path: Path;
  /** The page its form is on, where that has another address. */
  on?: Path;
  /** Bytes that the form may hold; 64 kB. */
  most?: number;
  /** Where the bytes that come are counted; closed when the act is done. */
  budget?: () => { use(bytes: number): void; close(): void };
  /** The form's page once more, with what is wrong and what was typed, has no effect to show. */
  perform(visit: Visit, form: FormBody): Promise<Done | Shown | ShownOnce>;
}

/** Where pages are put: each with its access, its place in the audit trail, and the same surroundings. */
export interface Frame {
  page(definition: PageDefinition): void;
  act(definition: ActDefinition): void;
}

/** A page or an act, and what it needs. */
export interface FrameRoute {
  method: 'get' | 'post';
  path: string;
  access: GuardedAccess;
}

export const SMALL_FORM = 64 * 1024;

export function createFrame(
  api: Api,
  parts: Pick<ApiParts, 'login' | 'now'>,
  keys: FormKeys,
  routes: FrameRoute[],
): Frame {
  function define(method: 'get' | 'post', { access, path }: { access: GuardedAccess; path: Path }) {
    const at = `/k/{org}${path}`;
    routes.push({ method, path: at, access });
    const responses = { 200: { description: 'En side' } };
    return defineRoute({ 'x-access': access, method, path: at, hide: true, responses });
  }

  async function answer(c: Context<ApiEnv>, visit: Visit, shown: Shown, at: string, status: 200 | 422) {
    note(c, shown);
    const received = visit.query('igjen') === '1' ? { notice: FRAME[visit.language].received } : {};
    const page = layout(surroundingsOf(c, parts.login, at), { ...received, ...shown });
    return c.body(String(await page), status, PAGE_HEADERS);
  }

  return {
    page(definition) {
      addRaw(api, define('get', definition), async (c) => {
        const visit = visitOf(c, keys, parts.now());
        const shown = await definition.show(visit);
        return shown instanceof Response ? shown : answer(c, visit, shown, addressOf(c), 200);
      });
    },
    act(definition) {
      addRaw(api, define('post', definition), async (c) => {
        const visit = visitOf(c, keys, parts.now());
        const share = definition.budget?.();
        try {
          const form = await readForm(c.req.raw, definition.most ?? SMALL_FORM, share?.use);
          let refused: Shown | undefined;
          let once: Shown | undefined;
          const settled = await keys.settle(form.text(KEY_FIELD), sessionOf(c), async () => {
            const outcome = await definition.perform(visit, form);
            if ('once' in outcome) {
              once = outcome.once;
              return { to: outcome.to };
            }
            if (!('to' in outcome)) {
              refused = outcome;
              return null;
            }
            note(c, outcome);
            return { to: outcome.to };
          });
          if (settled !== null && once !== undefined) return answer(c, visit, once, settled.to, 200);
          if (settled !== null) {
            if (settled.repeated) c.get('audit').subjects([]);
            return new Response(null, { status: 303, headers: { location: locationOf(settled) } });
          }
          if (refused === undefined) throw new Error('an act had neither an effect nor a page');
          c.get('audit').outcome('INVALID_REQUEST');
          // The page around the form is shown all the same, with whom it is about.
          c.get('audit').refused('INVALID_REQUEST', [...refused.subjects]);
          const at = definition.on === undefined ? c.req.path : filled(`/k/{org}${definition.on}`, c);
          return answer(c, visit, refused, at, 422);
        } finally {
          share?.close();
        }
      });
    },
  };
}

function note(c: Context<ApiEnv>, { subjects, item }: Pick<Shown, 'subjects' | 'item'>): void {
  c.get('audit').subjects(subjects);
  if (item !== undefined) c.get('audit').item(item);
}

/** Path and query, without that it was said once that something had been received before. */
function addressOf(c: Context<ApiEnv>): string {
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete('igjen');
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

/** The heading of the page takes focus. */
function locationOf({ to, repeated }: { to: string; repeated: boolean }): string {
  const again = repeated ? `${to.includes('?') ? '&' : '?'}igjen=1` : '';
  return `${to}${again}#tittel`;
}

function filled(template: string, c: Context<ApiEnv>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name) => c.req.param(name) ?? '');
}
