import { html } from 'hono/html';
import type { AccessBasis, Assignee, GivenGrant, GivenRole } from '../../../core/access/given.ts';
import { ROLES } from '../../../core/access/role.ts';
import type { IsoInstant } from '../../../core/time/date.ts';
import { osloDate } from '../../../core/time/oslo.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACCESSES } from '../../text/accesses.ts';

/** The first digits of a person's key are enough to distinguish it. */
const KEY_SHOWN = 12;

interface Bound {
  unit?: string | null;
  institution: string | null;
  protectedYouths: boolean;
}

/** Who has which role, and which organisations have access with a system; those that are over too. */
export function accessTables(
  visit: Visit,
  { roles, grants }: { roles: readonly GivenRole[]; grants: readonly GivenGrant[] },
  now: IsoInstant,
): Html {
  const { language } = visit;
  const t = ACCESSES[language];
  const shared = [t.bound, t.period, t.by, t.why, t.state];
  const headings = (own: readonly string[]) => [...own, ...shared].map((heading) => ({ heading }));
  const rest = (given: AccessBasis & Bound & Pick<GivenGrant, 'revoked'>) => [
    boundText(visit, given),
    periodText(visit, given),
    given.approvedBy === null ? given.grantedBy : t.and(given.grantedBy, given.approvedBy),
    given.reason,
    stateText(visit, given, now),
  ];
  return html`<h2>${t.roles}</h2>
${
  roles.length === 0
    ? html`<p>${t.noRoles}</p>\n`
    : table(
        t.rolesCaption,
        headings([t.who, t.role]),
        roles.map((each) => [
          assigneeText(visit, each.assignee),
          bokmal(language, ROLES[each.role]),
          ...rest(each),
        ]),
      )
}<h2>${t.grants}</h2>
${
  grants.length === 0
    ? html`<p>${t.noGrants}</p>\n`
    : table(
        t.grantsCaption,
        headings([t.orgnr, t.scope]),
        grants.map((each) => [each.orgnr, html`<code>${each.scope}</code>`, ...rest(each)]),
      )
}`;
}

export function assigneeText({ language }: Visit, assignee: Assignee): string {
  const t = ACCESSES[language];
  if ('altinn' in assignee) return t.altinn(assignee.altinn);
  return 'person' in assignee ? t.person(assignee.person.slice(0, KEY_SHOWN)) : t.group(assignee.group);
}

export function boundText({ language }: Visit, { unit = null, institution, protectedYouths }: Bound): string {
  const t = ACCESSES[language];
  const where = unit !== null ? t.unit(unit) : institution !== null ? t.school(institution) : t.whole;
  return protectedYouths ? `${where}, ${t.protectedToo}` : where;
}

function periodText({ language, format }: Visit, { from, to }: Pick<AccessBasis, 'from' | 'to'>): string {
  const end = to === null ? ` ${ACCESSES[language].until}` : `–${format.date(osloDate(to))}`;
  return `${format.date(osloDate(from))}${end}`;
}

function stateText(
  { language, format }: Visit,
  { from, to, revoked }: Pick<GivenGrant, 'from' | 'to' | 'revoked'>,
  now: IsoInstant,
): string {
  const t = ACCESSES[language];
  if (revoked !== null) return t.revokedBy(format.date(osloDate(revoked.at)), revoked.by);
  if (from > now) return t.notYet;
  return to !== null && to <= now ? t.over : t.inForce;
}
