import { html } from 'hono/html';
import { statusCodesOn } from '../../../core/codelists/otStatus.ts';
import { CONTACT_REASONS } from '../../../core/rules/contactReason.ts';
import { GROUNDS } from '../../../core/rules/ground.ts';
import { OVERRIDES } from '../../../core/rules/override.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { CHANNELS } from '../../../core/worklist/channel.ts';
import {
  type FormFault,
  type Html,
  labelled,
  type Option,
  radioField,
  selectField,
  textField,
} from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACTS } from '../../text/adviserActs.ts';
import { CHANNEL_NAMES } from '../../text/codes.ts';
import { codeOptions } from '../codeOptions.ts';

/** What was filled in, and what is wrong with it. */
export interface Filled {
  value(name: string): string;
  faults: readonly FormFault[];
}

export const NOTHING_FILLED: Filled = { value: () => '', faults: [] };

/** Fields of a form have the form's name before their own: no two on a page are alike. */
export const FORMS = { contact: 'kontakt', accept: 'forslag', choose: 'status' } as const;

interface Shared {
  visit: Visit;
  /** Below which the acts are. */
  at: string;
  today: IsoDate;
  filled: Filled;
}

/** Who was reached, or that no one was. */
export function contactForm({ visit, at, today, filled }: Shared): Html {
  const { language, format } = visit;
  const t = ACTS[language];
  const field = fieldsOf(FORMS.contact, filled);
  return visit.form(
    `${at}/kontakt`,
    html`<h3>${t.contact}</h3>
${radioField({
  ...field('hvem', t.who),
  options: [
    { value: 'UNGDOM', label: t.youth },
    { value: 'FORESATT', label: t.guardian },
    { value: 'ANDRE', label: t.others },
    { value: 'INGEN', label: t.nobody },
  ],
})}${selectField({
  ...field('kanal', t.channel, 'TELEFON'),
  options: CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[language][value] })),
})}${textField({ ...field('dato', t.date, format.date(today)), hint: t.dateHint, required: true })}${selectField(
  {
    ...field('grunn', t.guardianReason),
    hint: t.guardianReasonHint,
    options: [{ value: '', label: t.notStated }, ...sentences(visit, CONTACT_REASONS)],
  },
)}<button>${t.sendContact}</button>
`,
  );
}

/** A proposed code, taken as it is. */
export function acceptForm(shared: Shared, proposed: readonly string[]): Html {
  const { visit, at, today, filled } = shared;
  const t = ACTS[visit.language];
  const field = fieldsOf(FORMS.accept, filled);
  return visit.form(
    `${at}/status`,
    html`<h3>${t.accept}</h3>
<p>${t.acceptHint}</p>
<input type="hidden" name="valg" value="${FORMS.accept}">
${radioField({ ...field('kode', t.code, proposed.length === 1 ? proposed[0] : ''), options: codeOptions(visit.language, proposed, today) })}${statusFields(shared, FORMS.accept)}<button>${t.sendAccept}</button>
`,
  );
}

/** Another code than the one proposed, or where none is; with why, where something is gone against. */
export function chooseForm(shared: Shared, proposed: readonly string[]): Html {
  const { visit, at, today, filled } = shared;
  const t = ACTS[visit.language];
  const field = fieldsOf(FORMS.choose, filled);
  const against = proposed.length > 0;
  return visit.form(
    `${at}/status`,
    html`<h3>${against ? t.override : t.set}</h3>
<input type="hidden" name="valg" value="${FORMS.choose}">
${selectField({
  ...field('kode', t.code),
  options: [{ value: '', label: t.choose }, ...codeOptions(visit.language, statusCodesOn(today), today)],
})}${selectField({
  ...field('fastholdtFordi', against ? t.overrideReason : t.reason),
  options: [{ value: '', label: against ? t.choose : t.notStated }, ...sentences(visit, OVERRIDES)],
})}${statusFields(shared, FORMS.choose)}<button class="second">${t.sendOverride}</button>
`,
  );
}

function statusFields({ visit, today, filled }: Shared, form: string): Html {
  const t = ACTS[visit.language];
  const field = fieldsOf(form, filled);
  return html`${radioField({
    ...field('viaOT', t.viaOt, ''),
    options: [
      { value: 'JA', label: t.yes },
      { value: 'NEI', label: t.no },
      { value: '', label: t.notAsked },
    ],
  })}${selectField({
    ...field('grunnlag', t.ground),
    options: [{ value: '', label: t.notStated }, ...sentences(visit, GROUNDS)],
  })}${textField({ ...field('dato', t.date, visit.format.date(today)), hint: t.dateHint, required: true })}`;
}

/** What was typed stays where something is wrong with the form. @param form its name, before those of its fields */
export function fieldsOf(form: string, filled: Filled) {
  const { value, faults } = filled;
  const failed = isFaulty(form, filled);
  return (name: string, label: string, before = '') => {
    const id = `${form}-${name}`;
    const fault = faults.find(({ field }) => field === id);
    return { id, label, value: failed ? value(id) : before, fault };
  };
}

export function isFaulty(form: string, { faults }: Filled): boolean {
  return faults.some(({ field }) => field?.startsWith(`${form}-`));
}

/** Keywords by their sentence. */
function sentences(
  { language }: Visit,
  keywords: Readonly<Record<string, string | { text: string }>>,
): Option[] {
  return Object.entries(keywords).map(([value, said]) => ({
    value,
    ...labelled(language, typeof said === 'string' ? said : said.text),
  }));
}
