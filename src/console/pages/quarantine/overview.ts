import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { nowOf } from '../../../desk/organisationToday.ts';
import {
  type GroupView,
  quarantinedCount,
  quarantineGroups,
  readGroupCursor,
} from '../../../desk/quarantine/groups.ts';
import { FEED_NAMES } from '../../../text/names.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { QUARANTINE } from '../../text/quarantine.ts';

/** Groups, youths or failures of a page. */
export const LINES_OF_PAGE = 50;

/** What could not be read, by what is wrong, feed and age. */
export function quarantineOverview(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'quarantine:read',
    path: '/karantene',
    async show(visit) {
      const { c, organisation, permission, language, format, base, query } = visit;
      const t = QUARANTINE[language];
      const desk = deskFor(c, parts);
      const { masked } = permission;
      const after = readGroupCursor(query('etter')) === undefined ? undefined : query('etter');
      const page = { masked, after, limit: LINES_OF_PAGE };
      const { groups, next } = await quarantineGroups(desk, organisation, page);
      const there = { ...visit, now: await nowOf(parts, organisation) };
      const items = await quarantinedCount(desk, organisation);
      const content =
        items === 0
          ? html`<p>${t.empty}</p>\n`
          : html`<p>${t.total(items, format.number(items))} ${t.intro}</p>\n${groupTable(there, groups)}${pageLinks(visit, `${base}/karantene`, { after, next })}`;
      return {
        title: t.title,
        subjects: [],
        content: html`${content}<p><a href="${base}/ventende">${t.toWaiting}</a></p>\n`,
      };
    },
  });
}

/** Links to the first and the next page of a list. @param path the first page */
export function pageLinks(
  { language }: Visit,
  path: string,
  { after, next }: { after: string | undefined; next: string | null },
): Html | '' {
  const t = QUARANTINE[language];
  const at = (cursor: string) =>
    `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ etter: cursor })}`;
  const links = [
    ...(after === undefined ? [] : [html`<a href="${path}">${t.firstPage}</a>`]),
    ...(next === null ? [] : [html`<a href="${at(next)}" rel="next">${t.nextPage}</a>`]),
  ];
  return links.length === 0 ? '' : html`<p class="no-print">${links.map((link) => html`${link} `)}</p>\n`;
}

function groupTable(visit: Visit, groups: readonly GroupView[]): Html {
  const { language, format, now } = visit;
  const t = QUARANTINE[language];
  return table(
    t.caption,
    [
      ...[{ heading: t.wrong }, { heading: t.feed }],
      ...[t.items, t.overDay, t.overWeek].map((heading) => ({ heading, numeric: true })),
      { heading: t.oldest },
    ],
    groups.map((group) => [
      // From `/k/<org>/karantene`: what is the same in fifty rows is not sent fifty times.
      html`<a href="karantene/gruppe/${group.id}">${wrongIn(visit, group)}</a>${fieldOf(visit, group)}`,
      feedName(visit, group.feed),
      ...[group.items, group.overDay, group.overWeek].map(format.number),
      html`${format.moment(group.oldest)}<small>${format.relative(group.oldest, now)}</small>`,
    ]),
  );
}

/** The problem's own sentence; its code where it has none. */
export function wrongIn({ language }: Visit, { text, code }: GroupView): Html | string {
  return text === '' ? code : bokmal(language, text);
}

export function fieldOf({ language }: Visit, { field, raw }: GroupView): Html | '' {
  const t = QUARANTINE[language];
  const said = [...(field === '' ? [] : [t.inField(field)]), ...(raw === null ? [] : [t.code(raw)])].join(
    '. ',
  );
  return said === '' ? '' : html`<small>${said}</small>`;
}

export function feedName({ language }: Visit, feed: GroupView['feed']): string {
  return feed === null ? QUARANTINE[language].otherFeed : FEED_NAMES[language][feed];
}
