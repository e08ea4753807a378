import { html } from 'hono/html';
import { codeListPage } from '../../../desk/rules/codeListViews.ts';
import { CODE_LIST_NAMES } from '../../../text/names.ts';
import { bokmal, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { RULES_PAGE } from '../../text/rules.ts';

const ROWS_OF_PAGE = 50;

export const codeListPath = (id: string) => `/regler/kodeverk/${id}`;

/** The codes of one edition of a list, with official names and when they hold. */
export function codeListPages(frame: Frame): void {
  frame.page({
    access: 'rule:read',
    path: '/regler/kodeverk/{list}',
    show(visit) {
      const { language, format, base } = visit;
      const t = RULES_PAGE[language];
      const asked = Number(/^\d{1,6}$/.exec(visit.query('etter'))?.[0] ?? 0);
      const list = codeListPage(visit.param('list'), { after: asked, limit: ROWS_OF_PAGE });
      const { id, subject, source, codes, total, next, ...days } = list;
      const name = `${CODE_LIST_NAMES[language][subject]} (${id})`;
      const at = `${base}${codeListPath(id)}`;
      const means = codes.some((each) => each.means !== null);
      const valid = codes.some(({ from, to }) => from !== null || to !== null);
      const content = html`<p>${t.source}: ${bokmal(language, source)}. ${t.valid} ${validity(visit, days) ?? t.always}.</p>
${
  codes.length === 0
    ? html`<p>${t.empty}</p>\n`
    : html`<p>${t.shown(format.number(asked + 1), format.number(asked + codes.length), format.number(total))}</p>
${table(
  t.codesCaption(name),
  [
    { heading: t.code },
    { heading: t.official },
    ...(means ? [{ heading: t.means }] : []),
    ...(valid ? [{ heading: t.valid }] : []),
  ],
  codes.map((each) => [
    html`<code>${each.code}</code>`,
    bokmal(language, each.text),
    ...(means ? [each.means === null ? '–' : bokmal(language, each.means)] : []),
    ...(valid ? [validity(visit, each) ?? t.always] : []),
  ]),
)}`
}<ul class="no-print">${asked > 0 ? html`<li><a href="${at}">${t.first}</a></li>` : ''}${next === null ? '' : html`<li><a href="${at}?etter=${next}">${t.next}</a></li>`}<li><a href="${base}/regler?del=kodeverk">${t.back}</a></li></ul>
`;
      return { title: name, subjects: [], content };
    },
  });
}

/** From and to; null for what has no end on either side. */
export function validity(
  { language, format }: Pick<Visit, 'language' | 'format'>,
  { from, to }: { from: string | null; to: string | null },
): string | null {
  const t = RULES_PAGE[language];
  if (from !== null && to !== null) return t.fromTo(format.date(from), format.date(to));
  if (from !== null) return t.from(format.date(from));
  return to === null ? null : t.to(format.date(to));
}
