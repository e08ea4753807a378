import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Front } from './frontView.ts';

const STYLE = `
:root { color-scheme: light dark }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem }
h1 { margin: 0 0 .5rem; font-size: 1.9rem }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem }
ul { padding-left: 1.2rem; margin: .4rem 0 }
li { margin: .2rem 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 1rem 0 }
dd { margin: 0 }
code { font: .9em ui-monospace, monospace; background: #8882; padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere }
.note { opacity: .75 }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: .2rem } dd { margin-bottom: .7rem } }
`;

/** Nothing but this very style: no script, no picture, no other page's frame. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The front page for a person with a browser. */
export function frontPage(front: Front) {
  return html`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OT Bridge</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<h1>OT Bridge</h1>
<p>${front.about}</p>
<p class="note">Adressene under svarer med JSON. Her står ingen personopplysninger, og tjenesten svarer bare på denne maskinen.</p>
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
</body>
</html>
`;
}

type Shown = Front['organisations'][number];

function organisationPart(organisation: Shown) {
  const { id, county, virtualClock, today, schoolYear } = organisation;
  return html`<h2>${virtualClock ? 'Eksempelfylket' : `Fylke ${county}`} <code>${id}</code></h2>
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
