import { html } from 'hono/html';
import type { Api } from '../../api/apiEnv.ts';
import { HttpProblem } from '../../api/httpProblem.ts';
import type { ApiParts } from '../../api/parts.ts';
import { addRaw, defineRoute } from '../../api/route.ts';
import { organisationName } from '../../core/organisation.ts';
import { readForm } from '../frame/formBody.ts';
import { SMALL_FORM } from '../frame/frame.ts';
import { isLanguage, languageCookie } from '../frame/language.ts';
import { layout, PAGE_HEADERS } from '../frame/layout.ts';
import { surroundingsOf } from '../frame/surroundings.ts';
import { FRAME } from '../text/frame.ts';

const responses = { 200: { description: 'En side' } };
const choice = defineRoute({ 'x-access': 'public', method: 'get', path: '/k', hide: true, responses });
const language = defineRoute({
  'x-access': 'public',
  method: 'post',
  path: '/console/sprak',
  hide: true,
  responses,
});

/** Where a person chooses an organisation, and a language: addresses of no organisation. */
export function organisationRoutes(api: Api, parts: Pick<ApiParts, 'login' | 'organisations'>): void {
  for (const path of ['/k', '/k/'])
    addRaw(
      api,
      choice,
      async (c) => {
        const caller = c.get('caller');
        const roles = caller?.kind === 'person' ? caller.roles.map(({ org }) => org) : null;
        const open = parts.organisations.filter(({ id }) => roles === null || roles.includes(id));
        const [only, another] = open;
        if (only !== undefined && another === undefined) return c.redirect(`/k/${only.id}/`, 303);
        const around = surroundingsOf(c, parts.login, '/k/');
        const t = FRAME[around.language];
        const content =
          only === undefined
            ? html`<p>${t.noRoles}</p>\n`
            : html`<p>${t.organisationsMore}</p>\n<ul>${open.map((each) => html`<li><a href="/k/${each.id}/">${organisationName(each)}</a></li>`)}</ul>\n`;
        return c.body(String(await layout(around, { title: t.organisations, content })), 200, PAGE_HEADERS);
      },
      path,
    );
  addRaw(api, language, async (c) => {
    const form = await readForm(c.req.raw, SMALL_FORM);
    const chosen = form.text('sprak');
    const back = form.text('til');
    if (!isLanguage(chosen)) throw new HttpProblem('INVALID_REQUEST', 'Velg bokmål eller nynorsk.');
    const secure = parts.login.people()?.origin.startsWith('https:') ?? false;
    return new Response(null, {
      status: 303,
      headers: {
        location: /^\/k\/[\w./-]*(\?[\w=&-]*)?$/.test(back) ? back : '/k/',
        'set-cookie': languageCookie(chosen, secure),
      },
    });
  });
}
