import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ApiEnv } from '../../api/apiEnv.ts';
import type { GuardedAccess } from '../../core/access/access.ts';
import type { Permission } from '../../core/access/permission.ts';
import type { Language } from '../../core/language.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import { type Format, formatOf } from '../format.ts';
import type { FormKeys } from './formKeys.ts';
import type { Html } from './fragments.ts';
import { languageOf } from './language.ts';

/** One person's request for a page, or for what a form of one does. */
export interface Visit {
  /** For `deskFor`, `uploadCaller`: what the caller may see is in it. */
  c: Context<ApiEnv>;
  organisation: Organisation;
  permission: Permission;
  language: Language;
  format: Format;
  /** Real time. What came in is by the county's own clock: `nowOf`. */
  now: IsoInstant;
  /** `/k/<org>`, which every address of the console begins with. */
  base: string;
  /** Of the address; empty when it has none of the name. */
  param(name: string): string;
  /** Of the query; empty when it has none of the name. */
  query(name: string): string;
  /** Whether the caller may, perhaps after a new login. */
  may(access: GuardedAccess, feed?: string): boolean;
  /** A form with its one-time key. What is wrong with it the server says, in our words. @param action path of the act */
  form(action: string, content: Html, options?: { upload?: boolean }): Html;
}

/** The field of the one-time key. */
export const KEY_FIELD = 'skjema';

/** The session a form is shown to; in an open installation the one caller. */
export function sessionOf(c: Context<ApiEnv>): string {
  const principal = c.get('principal');
  return principal.kind === 'person' ? principal.session : principal.key;
}

export function visitOf(c: Context<ApiEnv>, keys: FormKeys, now: number): Visit {
  const organisation = c.get('organisation');
  const language = languageOf(c.req.raw);
  return {
    c,
    organisation,
    permission: c.get('permission'),
    language,
    format: formatOf(language),
    now: instantOf(now),
    base: `/k/${organisation.id}`,
    param: (name) => c.req.param(name) ?? '',
    query: (name) => c.req.query(name) ?? '',
    may: (access, feed) => mayOpen(c, access, feed),
    form: (action, content, { upload = false } = {}) =>
      html`<form method="post" action="${action}" novalidate${upload ? html` enctype="multipart/form-data"` : ''}>
<input type="hidden" name="${KEY_FIELD}" value="${keys.draw(sessionOf(c))}">
${content}</form>
`,
  };
}

/** @param feed null asks about any */
export function mayOpen(c: Context<ApiEnv>, access: GuardedAccess, feed: string | null = null): boolean {
  const caller = c.get('caller');
  if (caller === undefined) return false;
  const decision = c.get('control').decide(caller, access, c.get('organisation') ?? null, { feed });
  return decision.permitted || decision.refusal.code === 'LOGIN_TOO_OLD';
}
