import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { ROLES } from '../../../core/access/role.ts';
import type { Language } from '../../../core/language.ts';
import { instantOf } from '../../../core/time/date.ts';
import {
  accessesOf,
  approveAccess,
  proposeAccess,
  revokeAccess,
  turnDownAccess,
} from '../../../desk/access/accesses.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import type { AccessList, AccessProposal } from '../../../store/accessPort.ts';
import {
  checkbox,
  type FormFault,
  type Html,
  labelled,
  problemText,
  selectField,
  textField,
  worded,
} from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACCESSES } from '../../text/accesses.ts';
import { type Filled, fieldsOf, isFaulty, NOTHING_FILLED } from '../adviser/actForms.ts';
import { PROPOSE, REVOKE, readRevocation, readRole } from './accessForms.ts';
import { accessTables, assigneeText, boundText } from './accessTables.ts';

const PATH = '/tilgang';
/** Said on the page: another person must act, or something in the form does not go together. */
const SAID_ON_PAGE: ReadonlySet<string> = new Set(['ACCESS_NEEDS_ANOTHER', 'INVALID_REQUEST']);

/** Who may what, since when and by whose word; and who gives, approves and revokes it. */
export function accessPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'access:read', path: PATH, show: (visit) => page(visit, NOTHING_FILLED) });
  frame.act({
    access: 'access:propose',
    path: `${PATH}/rolle`,
    on: PATH,
    perform: (visit, form) =>
      said(visit, form.text, async () => {
        const read = readRole(form, visit.language);
        if ('faults' in read) return page(visit, { value: form.text, faults: read.faults });
        const { id } = await proposeAccess(parts, visit.organisation, actorOf(visit), read.wanted);
        return done(visit, id);
      }),
  });
  frame.act({
    access: 'access:act',
    path: `${PATH}/trekk`,
    on: PATH,
    perform: (visit, form) =>
      said(visit, form.text, async () => {
        const read = readRevocation(form, visit.language);
        if ('faults' in read) return page(visit, { value: form.text, faults: read.faults });
        await revokeAccess(parts, visit.organisation, actorOf(visit), read);
        return done(visit, read.id);
      }),
  });
  frame.act({
    access: 'access:act',
    path: `${PATH}/{id}/godkjenn`,
    on: PATH,
    perform: (visit, form) =>
      said(visit, form.text, async () => {
        const id = idIn(visit);
        await approveAccess(parts, visit.organisation, actorOf(visit), id);
        return done(visit, id);
      }),
  });
  frame.act({
    access: 'access:act',
    path: `${PATH}/{id}/avslag`,
    on: PATH,
    async perform(visit) {
      const id = idIn(visit);
      await turnDownAccess(parts, visit.organisation, id);
      return done(visit, id);
    },
  });

  async function page(visit: Visit, filled: Filled): Promise<Shown> {
    const { language, organisation, may } = visit;
    const t = ACCESSES[language];
    const known = await accessesOf(parts, organisation);
    const [acts, proposes] = [may('access:act'), may('access:propose')];
    const content = html`<h2>${t.waiting}</h2>
${proposalSection(visit, known.proposals, acts)}${accessTables(visit, known, instantOf(parts.now()))}${proposes ? roleForm(visit, filled) : ''}${acts ? revokeForm(visit, known, filled) : ''}${acts || proposes ? '' : html`<p>${t.mayNot}</p>\n`}`;
    return { title: t.title, subjects: [], content, faults: filled.faults };
  }

  async function said(
    visit: Visit,
    value: Filled['value'],
    perform: () => Promise<Done | Shown>,
  ): Promise<Done | Shown> {
    try {
      return await perform();
    } catch (error) {
      if (!(error instanceof DeskRefusal) || !SAID_ON_PAGE.has(error.code)) throw error;
      return page(visit, { value, faults: faultsOf(visit.language, error) });
    }
  }
}

const FIELDS: Readonly<Record<string, string>> = { unit: 'enhet', institution: 'skole', to: 'til' };

function faultsOf(language: Language, { message, problems = [] }: DeskRefusal): FormFault[] {
  if (problems.length === 0) return [{ field: null, ...worded(language, message) }];
  return problems.map((problem) => ({
    field: FIELDS[problem.field] === undefined ? null : `${PROPOSE}-${FIELDS[problem.field]}`,
    text: problemText(language, problem),
  }));
}

function actorOf({ c, permission }: Visit) {
  return { principal: c.get('principal'), permission };
}

function done({ base }: Visit, id: string): Done {
  return { to: `${base}${PATH}`, subjects: [], item: `access:${id}` };
}

function proposalSection(visit: Visit, proposals: readonly AccessProposal[], acts: boolean): Html {
  const { language, format, base } = visit;
  const t = ACCESSES[language];
  if (proposals.length === 0) return html`<p>${t.nothingWaits}</p>\n`;
  return html`${proposals.map(({ id, wanted, proposedBy, proposed, grantedBy, reason }) => {
    const what =
      wanted.kind === 'grant' ? wanted.scope : `${assigneeText(visit, wanted.assignee)}: ${wanted.role}`;
    const who = wanted.kind === 'grant' ? `${wanted.orgnr}: ` : '';
    const at = `${base}${PATH}/${id}`;
    const buttons = acts
      ? html`${visit.form(`${at}/godkjenn`, html`<button>${t.approve}</button>\n`)}${visit.form(`${at}/avslag`, html`<button class="second">${t.turnDown}</button>\n`)}`
      : '';
    return html`<section class="notice"><p><strong>${who}${what}</strong>, ${boundText(visit, wanted)}</p>
<p>${reason}. ${t.proposed(proposedBy, format.moment(proposed))} ${grantedBy === null ? t.notGranted : t.grantedBy(grantedBy)}</p>
<div class="no-print">${buttons}</div></section>
`;
  })}`;
}

function roleForm(visit: Visit, filled: Filled): Html {
  const { language, base } = visit;
  const t = ACCESSES[language];
  const field = fieldsOf(PROPOSE, filled);
  const roles = Object.entries(ROLES).map(([value, label]) => ({ value, ...labelled(language, label) }));
  return html`<details class="no-print"${isFaulty(PROPOSE, filled) ? html` open` : ''}><summary>${t.proposeRole}</summary>
${visit.form(
  `${base}${PATH}/rolle`,
  html`${selectField({ ...field('rolle', t.role), options: [{ value: '', label: t.choose }, ...roles] })}${selectField(
    {
      ...field('slag', t.kind),
      options: [
        { value: 'person', label: t.kindPerson },
        { value: 'altinn', label: t.kindAltinn },
        { value: 'gruppe', label: t.kindGroup },
      ],
    },
  )}${textField({ ...field('hvem', t.assignee), hint: t.assigneeHint, required: true })}${textField({ ...field('enhet', t.unitField), hint: t.fiveHint, inputmode: 'numeric' })}${textField({ ...field('skole', t.schoolField), hint: t.fiveHint, inputmode: 'numeric' })}${textField({ ...field('til', t.toField), hint: t.toHint })}${checkbox({ id: `${PROPOSE}-vern`, label: t.protectedField, checked: isFaulty(PROPOSE, filled) && filled.value(`${PROPOSE}-vern`) === 'ja' })}${textField({ ...field('hvorfor', t.reason), hint: t.reasonHint, required: true })}<button>${t.send}</button>
`,
)}</details>
`;
}

function revokeForm(visit: Visit, { roles, grants }: AccessList, filled: Filled): Html | '' {
  const { language, base } = visit;
  const t = ACCESSES[language];
  const options = [
    ...roles.map((each) => ({ ...each, label: `${assigneeText(visit, each.assignee)}: ${each.role}` })),
    ...grants.map((each) => ({ ...each, label: `${each.orgnr}: ${each.scope}` })),
  ]
    .filter(({ revoked }) => revoked === null)
    .map((each) => ({ value: each.id, label: `${each.label}, ${boundText(visit, each)}` }));
  if (options.length === 0) return '';
  const field = fieldsOf(REVOKE, filled);
  return html`<details class="no-print"${isFaulty(REVOKE, filled) ? html` open` : ''}><summary>${t.revoke}</summary>
<p>${t.revokeMore}</p>
${visit.form(
  `${base}${PATH}/trekk`,
  html`${selectField({ ...field('hvilken', t.which), options: [{ value: '', label: t.choose }, ...options] })}${textField({ ...field('hvorfor', t.reason), hint: t.reasonHint, required: true })}<button class="second">${t.revokeIt}</button>
`,
)}</details>
`;
}
