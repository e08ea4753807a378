import { html } from 'hono/html';
import { deskAs, deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { MonthText } from '../../../api/schema/navSchema.ts';
import { UUID } from '../../../core/uuid.ts';
import { actOnList } from '../../../desk/lists/lists.ts';
import {
  agreementsOf,
  approveAgreement,
  navNow,
  proposalsOf,
  registerAgreement,
  revokeAgreement,
  turnDownAgreement,
} from '../../../desk/nav/agreements.ts';
import { askForList, manifests } from '../../../desk/nav/batches.ts';
import { deliveriesOf } from '../../../desk/nav/deliveries.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { type FormFault, worded } from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { AGREEMENT } from '../../text/agreement.ts';
import { NAV } from '../../text/nav.ts';
import { type Filled, NOTHING_FILLED } from '../adviser/actForms.ts';
import { readAgreement, readRevocation } from './agreementForms.ts';
import { agreementSection } from './agreementSection.ts';
import { disclosedPage } from './disclosedPage.ts';
import { EXTRACT, extractForm, monthSection, SETTLE, todoSection } from './monthSection.ts';

/** A delivery of answers, as NAV names it. */
const RUN = /^B-\d{4}-\d{2}[a-z]?(~\d+)?$/;

/** The exchange with NAV: agreements, months, what waits for someone, and what the role may do about it. */
export function navPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'nav:read', path: '/nav', show: (visit) => shown(visit, NOTHING_FILLED) });
  disclosedPage(frame, parts);

  const desk = (visit: Visit) => ({
    ...deskFor(visit.c, parts),
    nav: parts.navAs(visit.permission),
  });
  const actor = ({ c, permission }: Visit) => ({ principal: c.get('principal'), permission });

  frame.act({
    access: 'agreement:act',
    path: '/nav/avtale',
    on: '/nav',
    async perform(visit, form) {
      const read = readAgreement(form, visit.language);
      if ('faults' in read) return shown(visit, { value: form.text, faults: read.faults });
      return acted(visit, form.text, async () => {
        const { id, state } = await registerAgreement(
          desk(visit),
          visit.organisation,
          actor(visit),
          read.wanted,
        );
        return { done: state === 'waits' ? 'venter' : 'registrert', item: `agreement:${id}` };
      });
    },
  });
  for (const [path, done, perform] of [
    ['godkjenn', 'godkjent', approveAgreement],
    [
      'avslag',
      'avslatt',
      (...[by, organisation, , id]: Parameters<typeof approveAgreement>) =>
        turnDownAgreement(by, organisation, id),
    ],
  ] as const)
    frame.act({
      access: 'agreement:act',
      path: `/nav/avtale/{id}/${path}`,
      on: '/nav',
      perform: (visit, form) =>
        acted(visit, form.text, async () => {
          const id = visit.param('id');
          if (!UUID.test(id)) throw new DeskRefusal('UNKNOWN_AGREEMENT', AGREEMENT.nb.gone);
          await perform(desk(visit), visit.organisation, actor(visit), id);
          return { done, item: `agreement:${id}` };
        }),
    });
  frame.act({
    access: 'agreement:act',
    path: '/nav/trekk',
    on: '/nav',
    async perform(visit, form) {
      const read = readRevocation(form, visit.language);
      if ('faults' in read) return shown(visit, { value: form.text, faults: read.faults });
      return acted(visit, form.text, async () => {
        await revokeAgreement(desk(visit), visit.organisation, visit.c.get('principal').name, read);
        return { done: 'trukket', item: `agreement:${read.id}` };
      });
    },
  });
  frame.act({
    access: 'nav:act',
    path: '/nav/uttrekk',
    on: '/nav',
    async perform(visit, form) {
      const field = `${EXTRACT}-maned`;
      const month = MonthText.safeParse(form.text(field));
      if (!month.success) {
        const faults = [{ field, text: NAV[visit.language].wrongMonth }];
        return shown(visit, { value: form.text, faults });
      }
      return acted(visit, form.text, async () => {
        const asked = { month: month.data, by: visit.c.get('principal').name };
        const { id } = await askForList(desk(visit), visit.organisation, asked);
        return { done: 'laget', item: `batch:${id}` };
      });
    },
  });
  frame.act({
    access: 'list:act',
    path: '/nav/leveranse/{run}',
    on: '/nav',
    async perform(visit, form) {
      const t = NAV[visit.language];
      const run = visit.param('run');
      const named = RUN.test(run) ? run : '';
      const field = (name: string) => `${SETTLE(named)}-${name}`;
      const act = (['drop', 'conclude'] as const).find((each) => each === form.text(field('hva')));
      const reason = ReasonText.safeParse(form.text(field('hvorfor')));
      const faults: FormFault[] = [
        ...(act === undefined ? [{ field: field('hva'), text: t.howMissing }] : []),
        ...(reason.success ? [] : [{ field: field('hvorfor'), text: t.reasonMissing }]),
      ];
      if (act === undefined || !reason.success) return shown(visit, { value: form.text, faults });
      return acted(visit, form.text, async () => {
        const decision = { act, reason: reason.data, who: visit.c.get('principal').name };
        await actOnList(deskFor(visit.c, parts), visit.organisation, { list: 'nav', run: named }, decision);
        return { done: 'avgjort', item: `run:${named}` };
      });
    },
  });

  /** What an act is refused for is said on its page. */
  async function acted(
    visit: Visit,
    value: Filled['value'],
    act: () => Promise<{ done: Said; item: string }>,
  ): Promise<Done | Shown> {
    try {
      const { done, item } = await act();
      return { to: `${visit.base}/nav?gjort=${done}`, subjects: [], item };
    } catch (error) {
      if (!(error instanceof DeskRefusal)) throw error;
      return shown(visit, { value, faults: faultsOf(visit, error) });
    }
  }

  async function shown(visit: Visit, filled: Filled): Promise<Shown> {
    const { c, organisation, language } = visit;
    const t = NAV[language];
    // Around a form is what the role may see of the exchange.
    const reading = deskAs(c, parts, 'nav:read');
    if (reading === null) return { title: t.title, subjects: [], content: html``, faults: filled.faults };
    const reads = { ...reading.desk, nav: parts.navAs(reading.permission) };
    const now = await navNow(reads, organisation.id);
    const agreements = await agreementsOf(reads, organisation);
    const waiting = deskAs(c, parts, 'access:read') === null ? null : await proposalsOf(reads, organisation);
    const deliveries = await deliveriesOf(reads, organisation);
    const batches = await manifests(reads, organisation);
    const known = { agreements, proposals: waiting, now };
    const notice = saidOf(language, visit.query('gjort'));
    return {
      title: t.title,
      subjects: [],
      faults: filled.faults,
      content: html`<p class="lead">${t.intro}</p>
${todoSection(visit, deliveries, filled)}${agreementSection(visit, known, filled)}${monthSection(visit, { batches, deliveries })}${visit.may('nav:act') ? extractForm(visit, now.slice(0, 7), filled) : ''}`,
      ...(notice !== undefined && filled.faults.length === 0 && { notice }),
    };
  }
}

const SAID = ['registrert', 'venter', 'godkjent', 'avslatt', 'trukket', 'laget', 'avgjort'] as const;
type Said = (typeof SAID)[number];

/** What has been done, by its word in the address. */
function saidOf(language: Visit['language'], word: string): string | undefined {
  const [t, of] = [NAV[language], AGREEMENT[language]];
  const said: Readonly<Record<Said, string>> = {
    registrert: of.registered,
    venter: of.waits,
    godkjent: of.approved,
    avslatt: of.turnedDown,
    trukket: of.revokedNow,
    laget: t.made,
    avgjort: t.settled,
  };
  const known = SAID.find((each) => each === word);
  return known === undefined ? undefined : said[known];
}

/** In the page's own words; what is rare in the desk's. */
function faultsOf({ language }: Visit, { code, message, problems }: DeskRefusal): FormFault[] {
  const t = AGREEMENT[language];
  switch (code) {
    case 'AGREEMENT_NEEDS_ANOTHER':
      return [{ field: null, text: t.waitingMore }];
    case 'UNKNOWN_AGREEMENT':
      return [{ field: null, text: t.gone }];
    case 'NAV_NO_AGREEMENT':
      return [{ field: `${EXTRACT}-maned`, text: NAV[language].noAgreementNow }];
    case 'INVALID_REQUEST':
      if (problems.some(({ field }) => field === 'to')) return [{ field: 'avtale-til', text: t.wrongTo }];
      return [{ field: null, ...worded(language, message) }];
    default:
      return [{ field: null, ...worded(language, message) }];
  }
}
