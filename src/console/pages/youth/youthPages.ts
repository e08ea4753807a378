import { html } from 'hono/html';
import { deskAs } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { codeName } from '../../../core/codelists/published.ts';
import type { Language } from '../../../core/language.ts';
import { type PersonRef, personRef } from '../../../core/person/reference.ts';
import { osloDate } from '../../../core/time/oslo.ts';
import { UUID } from '../../../core/uuid.ts';
import { seenBy } from '../../../desk/audit/seenBy.ts';
import { nowOf } from '../../../desk/organisationToday.ts';
import { createSubmit } from '../../../desk/submission/submit.ts';
import { type KnownThen, youthAsKnown } from '../../../desk/youths/asKnown.ts';
import { unknownYouth, youthHistory, youthNamed } from '../../../desk/youths/youths.ts';
import type { YouthView } from '../../../desk/youths/youthView.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { nameOf, TILMELDING_NAMES } from '../../text/codes.ts';
import { YOUTH } from '../../text/youth.ts';
import { contactForm, type Filled, NOTHING_FILLED } from '../adviser/actForms.ts';
import { actReceipt } from '../adviser/actReceipt.ts';
import { readContact, sendForm } from '../adviser/adviserActs.ts';
import { capacityText, doneCell, outcomeText, purposeText } from '../logWords.ts';
import { consentSection } from './consentSection.ts';
import { disclosedSection } from './disclosed.ts';
import { identitySection, uncover } from './identity.ts';
import { momentAsked, timelineSection } from './timeline.ts';
import { createUnmaskings } from './unmasked.ts';

/** The latest; those before are by a link. */
const SEEN_ROWS = 10;

/** One youth: what has happened, when it held and when it was known; and who has seen it. */
export function youthPages(frame: Frame, parts: ApiParts): void {
  const submit = createSubmit(parts);
  const identifying = { parts, unmaskings: createUnmaskings(parts.now) };

  frame.page({ access: 'youth:read', path: '/ungdom/{ref}', show: (visit) => shown(visit, NOTHING_FILLED) });

  frame.act({
    access: 'youth:act',
    path: '/ungdom/{ref}/kontakt',
    on: '/ungdom/{ref}',
    async perform(visit, form) {
      const ref = refIn(visit);
      const subject = {
        ref,
        schoolYear: null,
        proposed: [],
        today: osloDate(await nowOf(parts, visit.organisation)),
      };
      const outcome = await sendForm(visit, form, { parts, submit, read: readContact, subject });
      if ('faults' in outcome) return shown(visit, { value: form.text, faults: outcome.faults });
      const { receiptId } = outcome;
      const to = `${visit.base}/ungdom/${ref}?kvittering=${receiptId}`;
      return { to, subjects: [ref], item: `receipt:${receiptId}` };
    },
  });

  frame.act({
    access: 'youth:identify',
    path: '/ungdom/{ref}/vis',
    on: '/ungdom/{ref}',
    async perform(visit, form) {
      refIn(visit);
      const outcome = await uncover(visit, identifying, form);
      if ('faults' in outcome) return shown(visit, { value: form.text, faults: outcome.faults });
      return { to: `${visit.base}/ungdom/${outcome.ref}`, subjects: [outcome.ref] };
    },
  });

  async function shown(visit: Visit, filled: Filled): Promise<Shown> {
    const { c, organisation, language } = visit;
    const t = YOUTH[language];
    // Of an act the page around the form is what the role may read.
    const reading = deskAs(c, parts, 'youth:read');
    if (reading === null) throw unknownYouth();
    const { desk, permission } = reading;
    const { masked } = permission;
    const youth = await youthNamed(desk, organisation, { ref: refIn(visit), masked });
    const ref = personRef(youth.ref);
    const now = await nowOf(parts, organisation);
    const typed = momentAsked(visit.query('per'));
    // What is to come is not known.
    const asked = typed.at !== null && typed.at > now ? { ...typed, at: null } : typed;
    const then =
      asked.at === null ? null : await youthAsKnown(desk, organisation, { ref, masked, at: asked.at });
    const entries = then?.entries ?? (await youthHistory(desk, organisation, { ref, masked }));
    const became = await actReceipt(visit, parts);
    const address = `${visit.base}/ungdom/${ref}`;
    const known = then === null ? youth : then.youth;
    const moment = asked.at === null || then === null ? '' : knownAt(visit, { at: asked.at, address, then });
    const content = html`${became.content}<p class="lead">${t.lead(ref.slice(0, 8))}</p>
${youth.parked ? html`<p class="notice">${t.parked}</p>\n` : ''}${asked.unread ? html`<p class="notice">${t.wrongMoment}</p>\n` : ''}${moment}${await identitySection(visit, identifying, ref, filled)}${known === null ? '' : html`${registrations(visit, known)}${alerts(visit, known)}`}${masked || asked.at !== null ? '' : html`${nav(visit, youth)}${visit.may('worklist:read') ? await consentSection(visit, desk, { ref, today: osloDate(now) }) : ''}`}${visit.may('youth:act') ? html`<section class="no-print">${contactForm({ visit, at: address, today: osloDate(now), filled })}</section>\n` : ''}${timelineSection(visit, address, { entries, asked })}${await disclosedSection(visit, parts, ref)}${await seen(visit, parts, ref)}`;
    return {
      title: t.title,
      subjects: [ref],
      content,
      faults: filled.faults,
      ...(became.refresh !== undefined && { refresh: became.refresh }),
    };
  }
}

/** @throws DeskRefusal UNKNOWN_YOUTH */
function refIn(visit: Visit): PersonRef {
  const ref = visit.param('ref');
  if (!UUID.test(ref)) throw unknownYouth();
  return personRef(ref);
}

function knownAt(
  { language, format }: Visit,
  { at, address, then }: { at: string; address: string; then: KnownThen },
): Html {
  const t = YOUTH[language];
  return html`<p class="notice">${t.knownAt(format.moment(at))}${then.youth === null ? ` ${t.nothingThen}` : ''} <a href="${address}">${t.backToNow}</a></p>
`;
}

function registrations(
  { language, format }: Visit,
  { registrations: all }: Pick<YouthView, 'registrations'>,
): Html {
  const t = YOUTH[language];
  if (all.length === 0) return html`<h2>${t.registrations}</h2>\n<p>${t.noRegistrations}</p>\n`;
  const headings = [t.schoolYear, t.county, t.code, t.status, t.from, t.owner];
  const rows = all.map((each) => [
    each.schoolYear,
    each.county ?? '–',
    each.tilmeldingskode === null ? '–' : nameOf(TILMELDING_NAMES[language], each.tilmeldingskode),
    each.status === null ? '–' : statusCell(language, each.status),
    format.date(each.status?.effective ?? each.effective),
    each.owner ?? '–',
  ]);
  return table(
    t.registrations,
    headings.map((heading) => ({ heading })),
    rows,
  );
}

/** The code, with its official name below. */
function statusCell(language: Language, { code, list }: { code: string; list: string }): Html {
  const name = codeName(list, code);
  return html`${code}${name === null ? '' : html`<small>${bokmal(language, name)}</small>`}`;
}

function alerts({ language, base }: Visit, { alerts: all }: Pick<YouthView, 'alerts'>): Html {
  const t = YOUTH[language];
  const list = all.map(
    ({ id, kind, schoolYear }) =>
      html`<li><a href="${base}/varsel/${id}">${bokmal(language, alertTitle(kind))}</a> (${schoolYear})</li>`,
  );
  return html`<h2>${t.alerts}</h2>
${list.length === 0 ? html`<p>${t.noAlerts}</p>` : html`<ul>${list}</ul>`}
`;
}

function nav({ language, format }: Visit, { consents, nav: registers, navOffice }: YouthView): Html {
  const t = YOUTH[language];
  const said = consents.map(({ text }) => html`<li>${bokmal(language, text)}</li>`);
  const headings = [t.register, t.status, t.from, t.to, t.office];
  const rows = registers.map(({ register, status, fra, til, kontor }) => [
    register,
    status,
    format.date(fra),
    til === null ? '–' : format.date(til),
    kontor ?? '–',
  ]);
  const shown =
    rows.length === 0
      ? ''
      : table(
          t.register,
          headings.map((heading) => ({ heading })),
          rows,
        );
  const nothing = rows.length === 0 && navOffice === null;
  return html`<h2>${t.nav}</h2>
<ul>${said}</ul>
${nothing ? html`<p>${t.navHidden}</p>\n` : ''}${navOffice === null ? '' : html`<p>${t.navOffice(navOffice)}</p>\n`}${shown}`;
}

async function seen(visit: Visit, parts: ApiParts, ref: PersonRef): Promise<Html | ''> {
  const { c, organisation, language, format, base } = visit;
  const reading = deskAs(c, parts, 'audit:read');
  if (reading === null) return '';
  const t = YOUTH[language];
  const from = visit.query('sett');
  const after = /^\d{1,15}$/.test(from) ? Number(from) : null;
  const found = await seenBy(reading.desk, organisation, { ref, after, limit: SEEN_ROWS });
  const headings = [t.seenWhen, t.seenBy, t.seenAs, t.seenWhat, t.seenFor, t.seenOutcome];
  const rows = found.seen.map(({ at, who, capacity, operation, purpose, outcome }) => [
    format.moment(at),
    who,
    capacityText(language, capacity) ?? '–',
    doneCell(language, operation),
    purposeText(language, purpose),
    outcomeText(language, outcome),
  ]);
  const older =
    found.next === null
      ? ''
      : html`<p><a href="${base}/ungdom/${ref}?sett=${found.next}#sett">${t.older}</a></p>\n`;
  return html`<h2 id="sett" tabindex="-1">${t.seen}</h2>
${
  rows.length === 0
    ? html`<p>${t.nobody}</p>\n`
    : table(
        t.seenLatest,
        headings.map((heading) => ({ heading })),
        rows,
      )
}${older}`;
}
