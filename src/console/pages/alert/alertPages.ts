import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { partsOfAlertId } from '../../../core/messages/alertId.ts';
import type { IsoInstant } from '../../../core/time/date.ts';
import { osloDate } from '../../../core/time/oslo.ts';
import { type WhyView, whyAlert } from '../../../desk/alerts/why.ts';
import { nowOf } from '../../../desk/organisationToday.ts';
import { createSubmit } from '../../../desk/submission/submit.ts';
import { alertAsked } from '../../../desk/subscriptions/names.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { bokmal, type Html } from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACTS } from '../../text/adviserActs.ts';
import { ALERT } from '../../text/alert.ts';
import { STATE_NAMES } from '../../text/codes.ts';
import { acceptForm, chooseForm, contactForm, type Filled, NOTHING_FILLED } from '../adviser/actForms.ts';
import { actReceipt } from '../adviser/actReceipt.ts';
import { readContact, readStatus, sendForm } from '../adviser/adviserActs.ts';
import { whySection } from './whySections.ts';

/** One alert: why, by which rule and sources, what ends it; and what an adviser does about it. */
export function alertPages(frame: Frame, parts: ApiParts): void {
  const submit = createSubmit(parts);

  frame.page({ access: 'alert:read', path: '/varsel/{id}', show: (visit) => shown(visit, NOTHING_FILLED) });
  for (const [name, read] of [
    ['kontakt', readContact],
    ['status', readStatus],
  ] as const)
    frame.act({
      access: 'youth:act',
      path: `/varsel/{id}/${name}`,
      on: '/varsel/{id}',
      perform: (visit, form) => performed(visit, form, read),
    });

  async function performed(visit: Visit, form: FormBody, read: typeof readContact): Promise<Done | Shown> {
    const { why, now } = await asked(visit, parts);
    const { schoolYear, proposed } = why.alert;
    const subject = { ref: refOf(why), schoolYear, proposed, today: osloDate(now) };
    const outcome = await sendForm(visit, form, { parts, submit, read, subject });
    if ('faults' in outcome) return shown(visit, { value: form.text, faults: outcome.faults });
    const { receiptId } = outcome;
    const to = `${visit.base}/varsel/${why.alert.id}?kvittering=${receiptId}`;
    return { to, subjects: [why.ref], item: `receipt:${receiptId}` };
  }

  async function shown(visit: Visit, filled: Filled): Promise<Shown> {
    const { why, now } = await asked(visit, parts);
    const became = await actReceipt(visit, parts);
    const { masked } = visit.permission;
    const content = html`${became.content}${head(visit, why)}${whySection({ ...visit, now }, why, masked)}${acts(visit, why, { now, filled })}${followed(visit, why)}${links(visit, why)}`;
    return {
      title: ALERT[visit.language].title,
      subjects: [why.ref],
      item: `id:${why.alert.id}`,
      content,
      faults: filled.faults,
      ...(became.refresh !== undefined && { refresh: became.refresh }),
    };
  }
}

async function asked(visit: Visit, parts: ApiParts): Promise<{ why: WhyView; now: IsoInstant }> {
  const { c, organisation, permission } = visit;
  const named = alertAsked(parts, organisation, c.get('principal'), visit.param('id'));
  const desk = deskFor(c, parts);
  const why = await whyAlert(desk, organisation, { asked: named, masked: permission.masked });
  return { why, now: await nowOf(parts, organisation) };
}

function refOf({ alert }: WhyView) {
  const named = partsOfAlertId(alert.id);
  if (named === undefined) throw new Error('an alert that was found has no id');
  return named.ref;
}

function head({ language, format }: Visit, { alert, deadlines }: WhyView): Html {
  const t = ALERT[language];
  const next = deadlines
    .filter(({ met }) => !met)
    .map(({ date }) => date)
    .sort()[0];
  const facts = [
    [t.state, STATE_NAMES[language][alert.state]],
    [t.nextDeadline, next === undefined ? t.noDeadline : format.date(next)],
    [t.priority, alert.priority === 'HOY' ? t.urgent : t.usual],
    [t.owner, alert.owner ?? t.hidden],
    [t.schoolYear, alert.schoolYear],
  ];
  return html`<p class="lead">${bokmal(language, alertTitle(alert.kind))}</p>
<dl class="sums facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`;
}

function acts(visit: Visit, why: WhyView, { now, filled }: { now: IsoInstant; filled: Filled }): Html | '' {
  const { alert } = why;
  if (!visit.may('youth:act') || alert.state === 'withdrawn') return '';
  const t = ACTS[visit.language];
  const shared = { visit, at: `${visit.base}/varsel/${alert.id}`, today: osloDate(now), filled };
  return html`<section class="no-print">
<h2>${t.heading}</h2>
<p>${t.sentAs}</p>
${alert.proposed.length > 0 ? acceptForm(shared, alert.proposed) : ''}${contactForm(shared)}${chooseForm(shared, alert.proposed)}</section>
`;
}

function followed({ language, format }: Visit, { alert }: WhyView): Html {
  const t = ALERT[language];
  const steps = [
    [t.delivered, alert.delivered],
    [t.opened, alert.opened],
    [t.handled, alert.handled],
  ] as const;
  return html`<h2>${t.follow}</h2>
<dl>${steps.map(([name, at]) => html`<dt>${name}</dt><dd>${at === null ? t.notYet : format.moment(at)}</dd>`)}</dl>
`;
}

function links(visit: Visit, { ref }: WhyView): Html {
  const { language, base } = visit;
  const t = ALERT[language];
  const all = [
    ...(visit.may('youth:read') ? [{ href: `${base}/ungdom/${ref}`, text: t.youth }] : []),
    ...(visit.may('worklist:read') ? [{ href: `${base}/arbeidsliste/deadlines`, text: t.list }] : []),
  ];
  return html`${all.map(({ href, text }) => html`<p><a href="${href}">${text}</a></p>\n`)}`;
}
