import { html } from 'hono/html';
import type { PersonPrincipal, Principal } from '../../core/access/principal.ts';
import { ROLES } from '../../core/access/role.ts';
import type { Front } from './frontView.ts';
import { page } from './page.ts';

/** The front page for a person with a browser. @param caller undefined when no one is logged in */
export function frontPage(front: Front, caller: Principal | undefined, local: boolean) {
  const person = caller?.kind === 'person' ? caller : undefined;
  const content = html`<h1>OT Bridge</h1>
<p>${front.about}</p>
${person ? whoPart(person, front) : front.login === null ? '' : html`<p class="who"><a href="${front.login}">Logg inn</a></p>\n`}<p class="note">Adressene under svarer med JSON. Her står ingen personopplysninger.</p>
${front.organisations.map(organisationPart)}
<h2>For utviklere og drift</h2>
<ul>
<li><a href="${front.openapi}">${front.openapi}</a>: hele API-et (OpenAPI 3.1)</li>
<li><a href="${front.alive}">${front.alive}</a>: gjør den framskritt?</li>
<li><a href="${front.ready}">${front.ready}</a>: kan den ta imot nå?</li>
<li><a href="${front.metrics}">${front.metrics}</a>: måltall</li>
</ul>
<h2>Fra kommandolinjen</h2>
<dl>${commands(front).map(([command, does]) => html`<dt><code>${command}</code></dt><dd>${does}</dd>`)}</dl>
<p class="note">Mer står i README.md og i mappen docs.</p>
`;
  return page({ title: 'OT Bridge', local: local && person !== undefined }, content);
}

function whoPart({ roles }: PersonPrincipal, { organisations }: Pick<Front, 'organisations'>) {
  const shown = roles.map(
    ({ role, org }) =>
      `${ROLES[role].split(':')[0]} i ${organisations.find(({ id }) => id === org)?.name ?? org}`,
  );
  return html`<p><a href="/k/">Åpne konsollen</a></p>
<div class="who"><span>Innlogget${shown.length === 0 ? '. Du har ingen roller her ennå: be den som styrer tilgangene' : ` som ${shown.join(', ')}`}.</span>
<form method="post" action="/logout"><button>Logg ut</button></form></div>
`;
}

type Shown = Front['organisations'][number];

function organisationPart(organisation: Shown) {
  const { id, name, county, virtualClock, today, schoolYear } = organisation;
  return html`<h2>${name}</h2>
<p class="note">Fylke ${county}, <code>${id}</code> i adresser og kommandoer.</p>
<p class="note">${
    virtualClock
      ? `Bare syntetiske personer. Klokken står på ${dayText(today)} til den stilles.`
      : `I dag er det ${dayText(today)}, skoleåret ${schoolYear}.`
  }</p>
<ul>
<li><a href="${organisation.alerts}">Varslene</a>, nyeste først, med grunn</li>
<li><a href="${organisation.worklists}">Arbeidslistene</a>: hvem som skal kontaktes først</li>
<li><a href="${organisation.wheel}">Årshjulet</a> for ${schoolYear}</li>
<li><a href="${organisation.lists}">Listene som er kommet</a>, og hvilke som er holdt tilbake</li>
<li><a href="${organisation.quarantine}">Karantenen</a>: det som ikke kunne leses</li>
${organisation.reports.map(
  (report) => html`<li><a href="${report}">Rapporten per ${dayText(report.slice(-10))}</a></li>`,
)}</ul>
`;
}

function commands({ organisations }: Front): [string, string][] {
  const org = (organisations.find(({ virtualClock }) => virtualClock) ?? organisations[0])?.id;
  if (org === undefined) return [['npm run ot', 'alle kommandoene']];
  return [
    [`npm run ot -- varsler ${org}`, 'de siste varslene'],
    [`npm run ot -- arbeidsliste ${org}`, 'hvilke arbeidslister som finnes'],
    [`npm run ot -- hjul ${org}`, 'årshjulet for skoleåret'],
    [`npm run ot -- tabeller ${org}`, 'tabell 1 og 2'],
    ['npm run ot', 'alle kommandoene'],
  ];
}

function dayText(date: string): string {
  return date.split('-').reverse().join('.');
}
