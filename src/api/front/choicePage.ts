import { html } from 'hono/html';
import { ROLES, type Role } from '../../core/access/role.ts';
import { page } from './page.ts';

export interface Choice {
  /** Sent as `persona`. */
  id: string;
  name: string;
  role: Role;
}

/** Where a local trial asks who you want to be. @param action where the choice is sent */
export function choicePage(
  action: string,
  organisations: readonly { org: string; name: string; choices: readonly Choice[] }[],
) {
  return page(
    { title: 'Hvem vil du være?', local: true },
    html`<main>
<h1>Hvem vil du være?</h1>
<p>Personene er oppdiktet. Velg en, så er du logget inn som den, uten passord.</p>
${organisations.map(
  ({ org, name: known, choices }) => html`<section aria-labelledby="at-${org}">
<h2 id="at-${org}">${known}</h2>
<ul class="choices">
${choices.map(
  ({
    id,
    name,
    role,
  }) => html`<li><form method="post" action="${action}"><input type="hidden" name="persona" value="${id}"><button><b>${name}</b> ${ROLES[role]}</button></form></li>
`,
)}</ul>
</section>
`,
)}</main>
`,
  );
}
