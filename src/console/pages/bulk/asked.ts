import { html } from 'hono/html';
import { parseRecordDate } from '../../../../adapters/reading/recordTime.ts';
import { groupLabel, listOn, statusText } from '../../../core/codelists/otStatus.ts';
import { GROUNDS, type GroundKey } from '../../../core/rules/ground.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { CHANNELS } from '../../../core/worklist/channel.ts';
import { WORKLIST_IDS } from '../../../core/worklist/worklistId.ts';
import { WORKLISTS } from '../../../core/worklist/worklists.ts';
import { ALERT_KINDS } from '../../../core/youth/youthEvent.ts';
import type { BulkAct, BulkFilter } from '../../../store/bulkPort.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import { bokmal, type FormFault, type Html } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { BULK } from '../../text/bulk.ts';
import { CHANNEL_NAMES } from '../../text/codes.ts';

// What is asked for, as addresses and forms have it: codes, units and days, nothing of a person.

/** By the name of a field. */
export type Said = (name: string) => string;

export const FILTER_FIELDS = ['liste', 'enhet', 'slag', 'frist', 'gruppe'] as const;
export const ACT_FIELDS = ['hva', 'dato', 'kanal', 'kode', 'viaOT', 'grunnlag'] as const;

export type Read<T> = { value: T; faults: [] } | { value: null; faults: FormFault[] };

export function readFilter(said: Said, { language }: Pick<Visit, 'language'>): Read<BulkFilter> {
  const t = BULK[language];
  const list = WORKLIST_IDS.find((each) => each === (said('liste') || WORKLIST_IDS[0]));
  const kind = ALERT_KINDS.find((each) => each === said('slag'));
  const deadline = said('frist') === '' ? null : parseRecordDate(said('frist'));
  const group = /^[1-9]$/.test(said('gruppe')) ? Number(said('gruppe')) : null;
  const faults: FormFault[] = [
    ...(list === undefined ? [{ field: 'liste', text: t.wrongChoice }] : []),
    ...(/^(\d{5})?$/.test(said('enhet')) ? [] : [{ field: 'enhet', text: t.wrongUnit }]),
    ...(kind === undefined && said('slag') !== '' ? [{ field: 'slag', text: t.wrongChoice }] : []),
    ...(deadline === undefined ? [{ field: 'frist', text: t.wrongDate }] : []),
    ...(group === null && said('gruppe') !== '' ? [{ field: 'gruppe', text: t.wrongChoice }] : []),
  ];
  if (faults.length > 0 || list === undefined || deadline === undefined) return { value: null, faults };
  return { value: { list, owner: said('enhet') || null, kind: kind ?? null, deadline, group }, faults: [] };
}

/** Faults are of the fields of the act's own form: their ids have its name before their own. */
export function readAct(said: Said, { language }: Pick<Visit, 'language'>): Read<BulkAct> {
  const t = BULK[language];
  const date = parseRecordDate(said('dato'));
  const type = said('hva') === 'forslag' ? 'accept' : 'contact';
  const channel = CHANNELS.find((each) => each === said('kanal'));
  const code = said('kode') || null;
  const ground = (Object.keys(GROUNDS) as GroundKey[]).find((each) => each === said('grunnlag')) ?? null;
  const viaOT = (['JA', 'NEI'] as const).find((each) => each === said('viaOT')) ?? null;
  const at = (field: string) => `${said('hva')}-${field}`;
  const faults: FormFault[] = [
    ...(date === undefined ? [{ field: at('dato'), text: t.wrongDate }] : []),
    ...(type === 'contact' && channel === undefined ? [{ field: at('kanal'), text: t.wrongChoice }] : []),
    ...(type === 'accept' && code !== null && !CODE.test(code)
      ? [{ field: at('kode'), text: t.wrongChoice }]
      : []),
  ];
  if (faults.length > 0 || date === undefined) return { value: null, faults };
  if (type === 'accept') return { value: { type, date, code, viaOT, ground }, faults: [] };
  return channel === undefined ? { value: null, faults } : { value: { type, date, channel }, faults: [] };
}

const CODE = /^[A-Z]{2,8}(_[A-Z]{2})?$/;

/** The fields as an address or hidden inputs have them, without those that are empty. */
export function fieldsSaid(said: Said, names: readonly string[]): [name: string, value: string][] {
  return names.flatMap((name): [string, string][] => (said(name) === '' ? [] : [[name, said(name)]]));
}

export function hidden(fields: readonly (readonly [string, string])[]): Html {
  return html`${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}`;
}

/** What a filter is, in words. */
export function filterText(
  { language, format }: Pick<Visit, 'language' | 'format'>,
  { list, owner, kind, deadline, group }: BulkFilter,
  today: IsoDate,
): Html {
  const t = BULK[language];
  const parts = [
    bokmal(language, WORKLISTS[list].title),
    ...(owner === null ? [] : [`${t.unit} ${owner}`]),
    ...(kind === null ? [] : [bokmal(language, alertTitle(kind))]),
    ...(deadline === null ? [] : [`${t.deadline.toLowerCase()} ${format.date(deadline)}`]),
    ...(group === null ? [] : [bokmal(language, groupLabel(listOn(today), group))]),
  ];
  return html`${parts.map((part, at) => html`${at === 0 ? '' : ', '}${part}`)}`;
}

/** What is done, in words. */
export function actText(
  { language, format }: Pick<Visit, 'language' | 'format'>,
  act: BulkAct,
  today: IsoDate,
): Html {
  const t = BULK[language];
  const on = format.date(act.date);
  if (act.type === 'contact') return html`${t.contact}: ${CHANNEL_NAMES[language][act.channel]}, ${on}`;
  return html`${t.accept}: ${act.code === null ? t.anyCode : codeText(language, act.code, today)}, ${on}`;
}

function codeText(language: Visit['language'], code: string, today: IsoDate): Html | string {
  const text = statusText(listOn(today), code, today);
  return bokmal(language, text === undefined ? code : `${code}: ${text}`);
}
