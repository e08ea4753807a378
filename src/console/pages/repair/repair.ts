import { html } from 'hono/html';
import { permissionOn } from '../../../api/accessGuard.ts';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { UUID } from '../../../core/uuid.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import type { NewValues } from '../../../desk/quarantine/openedItem.ts';
import { type RepairRow, repairRow, rowToRepair } from '../../../desk/quarantine/rowRepair.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { type FormFault, type Html, worded } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPAIR } from '../../text/repair.ts';
import { faultsOf, mendField, problemList, typedValues } from './repairFields.ts';

const AT = '/lister/{id}/rad/{row}' as const;

/** One row of a receipt that is in quarantine: typed again, tried, and sent in the place of the first. */
export function repairPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'receipt:mend',
    path: AT,
    async show(visit) {
      const asked = askedIn(visit);
      const found = await rowToRepair(deskFor(visit.c, parts), visit.organisation, asked);
      return repairPage(visit, parts, found, {});
    },
  });
  frame.act({
    access: 'receipt:mend',
    path: AT,
    async perform(visit, form) {
      const { c, organisation, base, language } = visit;
      const asked = askedIn(visit);
      const desk = deskFor(c, parts);
      const found = await rowToRepair(desk, organisation, asked);
      const { fields } = found.view;
      const values = typedValues(form, fields);
      const again = (faults: readonly FormFault[], subjects: Iterable<string> = []) =>
        repairPage(visit, parts, found, values, { faults, subjects });
      if (Object.keys(values).length === 0)
        return again([{ field: null, text: REPAIR[language].nothingTyped }]);
      const free = await c.get('slots').take();
      const { mended, met } = await repairRow(desk, organisation, {
        ...{ ...asked, values, send: true },
        permissionFor: (feed) => permissionOn(c, 'feed:write', feed),
      }).finally(free);
      if (mended.sent)
        return { to: `${base}/lister/${asked.receipt}`, subjects: met, item: `receipt:${asked.receipt}` };
      const faults = faultsOf(language, mended.problems, fields);
      return again(faults.length > 0 ? faults : [{ field: null, ...worded(language, mended.text) }], met);
    },
  });
}

/** Anything else is an address that does not exist. @throws DeskRefusal NOT_FOUND */
function askedIn({ param }: Visit): { receipt: string; row: number } {
  const [receipt, row] = [param('id'), param('row')];
  if (!UUID.test(receipt) || !/^[1-9]\d{0,8}$/.test(row))
    throw new DeskRefusal('NOT_FOUND', 'Raden finnes ikke. Sjekk adressen.');
  return { receipt, row: Number(row) };
}

async function repairPage(
  visit: Visit,
  parts: ApiParts,
  found: RepairRow,
  values: NewValues,
  { faults = [], subjects = [] }: { faults?: readonly FormFault[]; subjects?: Iterable<string> } = {},
): Promise<Shown> {
  const { language, base, organisation } = visit;
  const t = REPAIR[language];
  const { row, state, problems, fields } = found.view;
  const { receipt } = askedIn(visit);
  const back = html`<p><a href="${base}/lister/${receipt}">${t.back}</a></p>\n`;
  const wrong = problemList(language, problems);
  const filled = { language, values, faults, today: await todayOf(parts, organisation) };
  const field = (each: (typeof fields)[number]) =>
    mendField(each, { columns: found.columns, problems }, filled);
  const others = fields.filter((each) => !each.wrong);
  const mending: Html =
    fields.length === 0
      ? html`<p>${t.elsewhere}</p>\n`
      : visit.form(
          `${base}/lister/${receipt}/rad/${String(row)}`,
          html`${fields.filter((each) => each.wrong).map(field)}${
            others.length === 0
              ? ''
              : html`<details${others.some((each) => values[each.field] !== undefined) ? html` open` : ''}><summary>${t.others}</summary>
${others.map(field)}</details>
`
          }<p class="quiet-text">${t.tried}</p>
<button>${t.send}</button>
`,
        );
  const content =
    state === 'open' ? html`<p>${t.what}</p>\n${wrong}${mending}${back}` : html`<p>${t[state]}</p>\n${back}`;
  const said = faults.length === 0 ? {} : { faults };
  return { title: t.title(row), subjects, item: `receipt:${receipt}`, content, ...said };
}
