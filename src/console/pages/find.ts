import { html } from 'hono/html';
import { deskAs } from '../../api/deskFor.ts';
import { HttpProblem } from '../../api/httpProblem.ts';
import type { ApiParts } from '../../api/parts.ts';
import { partsOfAlertId } from '../../core/messages/alertId.ts';
import { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { PURPOSE_NAMES, PURPOSES, type Purpose } from '../../core/person/identityPurpose.ts';
import { holdsNumber } from '../../core/person/numberInText.ts';
import { personRef } from '../../core/person/reference.ts';
import { UUID } from '../../core/uuid.ts';
import { alertNamed } from '../../desk/alerts/alerts.ts';
import { identityOf } from '../../desk/identity/identities.ts';
import { DeskRefusal, type DeskRefusalCode } from '../../desk/refusal.ts';
import { receiptNamed } from '../../desk/submission/receipts.ts';
import { alertAsked } from '../../desk/subscriptions/names.ts';
import { refOfNumber } from '../../desk/youths/youths.ts';
import { type FormFault, labelled, selectField, textField } from '../frame/fragments.ts';
import type { Done, Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { FIND } from '../text/find.ts';

/** What is found is led to; a fault says that nothing was. */
type Found = Omit<Done, 'item'> | FormFault;

/** By number, receipt, alert or reference, each for who may read it. What is searched for is never in an address. */
export function findPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'console:open', path: '/finn', show: (visit) => page(visit, '', '', []) });
  frame.act({
    access: 'console:open',
    path: '/finn',
    async perform(visit, form) {
      const [typed, purpose] = [form.text('hva'), form.text('formal')];
      const found = await find(visit, parts, typed, purpose);
      return 'to' in found ? found : page(visit, typed, purpose, [found]);
    },
  });
}

function page(visit: Visit, typed: string, purpose: string, faults: readonly FormFault[]): Shown {
  const { language, base } = visit;
  const t = FIND[language];
  const faultOf = (id: string) => faults.find(({ field }) => field === id);
  const purposes = visit.may('youth:search')
    ? selectField({
        ...{ id: 'formal', label: t.purpose, hint: t.purposeHint, value: purpose, fault: faultOf('formal') },
        options: [
          { value: '', label: t.choose },
          ...PURPOSE_NAMES.map((name) => ({ value: name, ...labelled(language, PURPOSES[name]) })),
        ],
      })
    : '';
  return {
    title: t.title,
    subjects: [],
    faults,
    content: visit.form(
      `${base}/finn`,
      html`${textField({
        // A number is not sent back in a page.
        ...{ id: 'hva', label: t.what, hint: t.hint, value: holdsNumber(typed) ? '' : typed },
        ...{ fault: faultOf('hva'), required: true },
      })}${purposes}<button>${t.search}</button>
`,
    ),
  };
}

async function find(visit: Visit, parts: ApiParts, typed: string, purpose: string): Promise<Found> {
  const t = FIND[visit.language];
  if (typed === '') return { field: 'hva', text: t.nothingTyped };
  if (/^\d{6} ?\d{5}$/.test(typed)) {
    const named = PURPOSE_NAMES.find((each) => each === purpose);
    return byNumber(visit, parts, new Fodselsnummer(typed.replace(' ', '')), named);
  }
  if (partsOfAlertId(typed) !== undefined) return (await byAlert(visit, parts, typed)) ?? nothing(visit);
  if (!UUID.test(typed)) return { field: 'hva', text: t.unknownForm };
  return (await byReceipt(visit, parts, typed)) ?? (await byReference(visit, parts, typed)) ?? nothing(visit);
}

function nothing({ language }: Visit): FormFault {
  return { field: 'hva', text: FIND[language].notFound };
}

/** A search by number says whose reference it is, as an unmasking does: it needs a purpose, is logged with it, and finds
 *  none whose identity may not be shown. No one learns that a covered number is the one they have guessed. */
async function byNumber(
  visit: Visit,
  parts: ApiParts,
  number: Fodselsnummer,
  purpose: Purpose | undefined,
): Promise<Found> {
  const { c, organisation, language } = visit;
  const t = FIND[language];
  if (!visit.may('youth:search') || !visit.may('youth:identify')) return { field: 'hva', text: t.noNumbers };
  const searching = deskAs(c, parts, 'youth:search');
  const identifying = deskAs(c, parts, 'youth:identify');
  if (searching === null || identifying === null)
    throw new HttpProblem('LOGIN_TOO_OLD', 'Dette krever at du nettopp har logget inn på høyt nivå.');
  if (purpose === undefined) return { field: 'formal', text: t.purposeMissing };
  const audit = c.get('audit');
  audit.purpose(purpose);
  const counted = (persons: readonly string[]) =>
    parts.countPersons(c.get('principal'), organisation.id, persons);
  const none = { field: 'hva', text: t.numberNotFound };
  const ref = await unlessUnknown(refOfNumber(searching.desk, organisation, number, counted));
  if (ref === undefined) return none;
  try {
    const known = await identityOf(identifying.desk, organisation, ref, { purpose, counted });
    return { to: `${visit.base}/ungdom/${known.ref}`, subjects: [known.ref] };
  } catch (error) {
    if (!(error instanceof DeskRefusal) || !COVERED.has(error.code)) throw error;
    audit.refused(error.code, [ref]);
    return none;
  }
}

const COVERED: ReadonlySet<DeskRefusalCode> = new Set([
  'IDENTITY_PROTECTED',
  'IDENTITY_UNREADABLE',
  'UNKNOWN_YOUTH',
]);

async function byAlert(visit: Visit, parts: ApiParts, id: string): Promise<Found | undefined> {
  const { c, organisation, base } = visit;
  const reading = deskAs(c, parts, 'alert:read');
  if (reading === null) return undefined;
  const asked = alertAsked(parts, organisation, c.get('principal'), id);
  const { masked } = reading.permission;
  const raised = await unlessUnknown(alertNamed(reading.desk, organisation, { asked, masked }));
  return raised && { to: `${base}/varsel/${raised.alert.id}`, subjects: [raised.ref] };
}

async function byReceipt(visit: Visit, parts: ApiParts, id: string): Promise<Found | undefined> {
  const { c, organisation, base } = visit;
  const reading = deskAs(c, parts, 'receipt:read');
  if (reading === null) return undefined;
  const receipt = await unlessUnknown(receiptNamed(reading.desk, organisation, { id, masked: true }));
  return receipt && { to: `${base}/lister/${receipt.id}`, subjects: [] };
}

async function byReference(visit: Visit, parts: ApiParts, ref: string): Promise<Found | undefined> {
  const { c, organisation, base } = visit;
  const reading = deskAs(c, parts, 'youth:read');
  const loaded = await reading?.desk.queries.youth(organisation.id, personRef(ref));
  return loaded && { to: `${base}/ungdom/${loaded.ref}`, subjects: [loaded.ref] };
}

const UNKNOWN: ReadonlySet<DeskRefusalCode> = new Set(['UNKNOWN_YOUTH', 'UNKNOWN_ALERT', 'UNKNOWN_RECEIPT']);

async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeskRefusal && UNKNOWN.has(error.code)) return undefined;
    throw error;
  }
}
