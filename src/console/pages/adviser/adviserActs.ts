import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { senderFor } from '../../../api/routes/feeds.ts';
import type { Language } from '../../../core/language.ts';
import type { PersonRef } from '../../../core/person/reference.ts';
import type { GroundKey } from '../../../core/rules/ground.ts';
import type { OverrideKey } from '../../../core/rules/override.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { schoolYearOf } from '../../../core/time/schoolYear.ts';
import { CHANNELS, type Channel } from '../../../core/worklist/channel.ts';
import { ANSWERERS } from '../../../core/youth/statusEvent.ts';
import type { AdviserRecord } from '../../../desk/adviser/adviserRecord.ts';
import { sendRecord } from '../../../desk/adviser/sendRecord.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import type { Submit } from '../../../desk/submission/submit.ts';
import type { FormBody } from '../../frame/formBody.ts';
import type { FormFault } from '../../frame/fragments.ts';
import { KEY_FIELD, type Visit } from '../../frame/visit.ts';
import { ACTS } from '../../text/adviserActs.ts';
import { FORMS } from './actForms.ts';

/** What an act is about. */
export interface ActSubject {
  ref: PersonRef;
  /** School year it is about; null: that of its date. */
  schoolYear: string | null;
  /** Codes that are proposed. */
  proposed: readonly string[];
  today: IsoDate;
}

type Outcome = { receiptId: string } | { faults: FormFault[] };

type Read = (form: FormBody, subject: ActSubject, language: Language) => ReadRecord;
type ReadRecord = { form: string; record: AdviserRecord } | { faults: FormFault[] };

/** Sends what a form says of the youth on the advisers' feed; what it would be turned away for is said of the fields. */
export async function sendForm(
  visit: Visit,
  form: FormBody,
  { parts, submit, read, subject }: { parts: ApiParts; submit: Submit; read: Read; subject: ActSubject },
): Promise<Outcome> {
  const { c, organisation, language, permission } = visit;
  const told = read(form, subject, language);
  if ('faults' in told) return told;
  try {
    const { receiptId } = await sendRecord(deskFor(c, parts), submit, organisation, {
      ref: subject.ref,
      record: told.record,
      key: form.text(KEY_FIELD),
      from: senderFor(c),
      reach: permission.reach,
      traceparent: c.req.header('traceparent') ?? null,
    });
    return { receiptId };
  } catch (error) {
    if (!(error instanceof DeskRefusal) || error.code !== 'INVALID_REQUEST') throw error;
    return { faults: faultsOf(error, told.form, language) };
  }
}

export const readContact: Read = (form, { schoolYear, today }, language) => {
  const t = ACTS[language];
  const field = (name: string) => `${FORMS.contact}-${name}`;
  const who = form.text(field('hvem'));
  const channel = CHANNELS.find((each) => each === form.text(field('kanal')));
  const answerer = ANSWERERS.find((each) => each === who);
  if (channel === undefined) return { faults: [{ field: field('kanal'), text: t.wrongChannel }] };
  if (answerer === undefined && who !== 'INGEN')
    return { faults: [{ field: field('hvem'), text: t.whoMissing }] };
  const reason = form.text(field('grunn'));
  if (reason !== '' && answerer !== 'FORESATT')
    return { faults: [{ field: field('grunn'), text: t.wrongReason }] };
  const attempt = {
    type: 'kontaktforsok' as const,
    dato: form.text(field('dato')),
    kanal: channel as Channel,
  };
  return {
    form: FORMS.contact,
    record: {
      ...attempt,
      besvart: answerer !== undefined,
      ...(answerer !== undefined && { besvartAv: answerer }),
      ...(reason !== '' && { grunn: reason }),
      // Said only where it is another than that of the call: then it is what was talked about.
      ...(schoolYear !== null && schoolYear !== schoolYearOf(today) && { skolear: schoolYear }),
    },
  };
};

export const readStatus: Read = (form, { schoolYear, proposed }, language) => {
  const t = ACTS[language];
  const name = form.text('valg') === FORMS.accept ? FORMS.accept : FORMS.choose;
  const field = (own: string) => `${name}-${own}`;
  const said = (own: string) => form.text(field(own));
  const faults: FormFault[] = [];
  const code = said('kode');
  if (code === '' || (name === FORMS.accept && !proposed.includes(code)))
    faults.push({ field: field('kode'), text: t.codeMissing });
  if (
    name === FORMS.choose &&
    proposed.length > 0 &&
    !proposed.includes(code) &&
    said('fastholdtFordi') === ''
  )
    faults.push({ field: field('fastholdtFordi'), text: t.reasonMissing });
  if (faults.length > 0) return { faults };
  const viaOt = said('viaOT');
  return {
    form: name,
    record: {
      type: 'status',
      dato: said('dato'),
      kode: code,
      ...(viaOt === 'JA' || viaOt === 'NEI' ? { viaOT: viaOt } : {}),
      ...(schoolYear !== null && { skolear: schoolYear }),
      // The feed knows the keywords, and refuses others.
      ...(said('grunnlag') !== '' && { grunnlag: [said('grunnlag') as GroundKey] }),
      ...(said('fastholdtFordi') !== '' && { fastholdtFordi: said('fastholdtFordi') as OverrideKey }),
    },
  };
};

/** In the page's own words: the feed's are for systems, and in bokmål. */
function faultsOf({ problems }: DeskRefusal, form: string, language: Language): FormFault[] {
  const t = ACTS[language];
  const known: Readonly<Record<string, readonly [field: string, text: string]>> = {
    dato: ['dato', t.wrongDate],
    kanal: ['kanal', t.wrongChannel],
    besvartAv: ['hvem', t.whoMissing],
    grunn: ['grunn', t.wrongReason],
    kode: ['kode', t.wrongCode],
    viaOT: ['viaOT', t.wrongViaOt],
    grunnlag: ['grunnlag', t.wrongGround],
    fastholdtFordi: ['fastholdtFordi', t.reasonMissing],
  };
  const faults = problems.map(({ field }): FormFault => {
    const [own, text] = known[field] ?? [null, t.wrongOther];
    return { field: own === null ? null : `${form}-${own}`, text };
  });
  return faults.length === 0 ? [{ field: null, text: t.wrongOther }] : faults;
}
