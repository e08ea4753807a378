import type { IsoInstant } from './date.ts';
import { alertValue, groupValue, statusValue, type ToldAlert, ungdomValue } from './messageValues.ts';
import type { OutHead } from './outValues.ts';
import type { RuleId } from './ruleId.ts';
import type { Youth } from './youth.ts';
import type { MainGroup, RegistrationKey, YouthEvent } from './youthEvent.ts';

// The only exit for personal data: what may leave, on which topic. How thin: messageValues.ts.

/** Out topics: OT scope `status` and `alert`; `status-group` redacted to the main group; compacted `ot-ungdom`. */
export const OUT_TOPICS = ['status', 'alert', 'status-group', 'ot-ungdom'] as const;
export type OutTopic = (typeof OUT_TOPICS)[number];

export interface OutboxMessage {
  topic: OutTopic;
  /** Source event position and number: `<topic>/<partition>/<offset>/<n>`, 0 for `ot-ungdom`. The same when
   *  published again. */
  id: string;
  /** Person reference: the Kafka key. */
  ref: string;
  /** The topic's shape in outValues.ts, and schemas/avro/out. */
  value: Record<string, unknown>;
}

export interface MessageMeta {
  /** e.g. `telemarkfylke-no` */
  org: string;
  ref: string;
  /** `<feed topic>/<partition>/<offset>`: where the cause stands. */
  position: string;
  /** The youth's version after the events: strictly rising per youth. */
  version: number;
  recorded: IsoInstant;
}

/**
 * Messages for the events of one source record. `after` is the youth with the events folded in; number and order of
 * the messages depend on the events alone, so that each keeps its id when it is published again.
 */
export function toMessages(events: readonly YouthEvent[], after: Youth, meta: MessageMeta): OutboxMessage[] {
  const messages: OutboxMessage[] = [];
  const add = (topic: OutTopic, value: Record<string, unknown> & OutHead) => {
    messages.push({ topic, id: value.eventId, ref: meta.ref, value });
  };
  const head = () => headOf(meta, messages.length + 1);
  const changes = changesIn(events);
  for (const change of changes) {
    const now = after.registrations.find((known) => isSame(known, change));
    add('status', statusValue(head(), change, change.rule, now));
    if (change.groupMoved) add('status-group', groupValue(head(), change, now));
  }
  for (const event of events) {
    const told = alertIn(event);
    if (told !== null) add('alert', alertValue(head(), told));
  }
  if (changes.length > 0) messages.push(ungdomMessage(after, meta));
  return messages;
}

/** The youth as it stands, for the compacted topic. */
export function ungdomMessage(youth: Youth, meta: MessageMeta): OutboxMessage {
  const value = ungdomValue(headOf(meta, 0), youth);
  return { topic: 'ot-ungdom', id: value.eventId, ref: meta.ref, value };
}

function headOf({ ref, org, version, recorded, position }: MessageMeta, number: number): OutHead {
  return { eventId: `${position}/${number}`, ref, org, version, recorded };
}

type TellsRegistration = 'TilmeldingOpened' | 'TilmeldingChanged' | 'TilmeldingAnnulled' | 'StatusSet';

/** One registration that the events have changed. */
interface Change extends RegistrationKey {
  rule: RuleId;
  /** Others than OT are told: openness, main group or membership has changed. */
  groupMoved: boolean;
}

function changesIn(events: readonly YouthEvent[]): Change[] {
  const changes: Change[] = [];
  for (const event of events) {
    if (!('schoolYear' in event)) continue;
    const { schoolYear, county } = event;
    const rule = event.type === 'StatusSet' ? event.status.rule : event.rule;
    const groupMoved = movesGroup(event);
    const known = changes.find((change) => isSame(change, event));
    if (known === undefined) changes.push({ schoolYear, county, rule, groupMoved });
    else {
      known.rule = rule;
      known.groupMoved ||= groupMoved;
    }
  }
  return changes;
}

function movesGroup(event: YouthEvent & { type: TellsRegistration }): boolean {
  switch (event.type) {
    case 'TilmeldingOpened':
    case 'TilmeldingAnnulled':
      return true;
    case 'TilmeldingChanged':
      return false;
    case 'StatusSet':
      return event.before === undefined || !sameGroup(event.before, event.status);
  }
}

function sameGroup(one: MainGroup, other: MainGroup): boolean {
  return one.list === other.list && one.group === other.group && one.targetGroup === other.targetGroup;
}

function isSame(one: RegistrationKey, other: RegistrationKey): boolean {
  return one.schoolYear === other.schoolYear && one.county === other.county;
}

function alertIn(event: YouthEvent): ToldAlert | null {
  switch (event.type) {
    case 'AlertRaised':
      return { state: 'RAISED', alert: event.alert, rule: event.alert.rule };
    case 'AlertChanged':
      return { state: 'CHANGED', alert: event.alert, rule: event.alert.rule };
    case 'AlertWithdrawn':
      return { state: 'WITHDRAWN', alert: event.alert, rule: event.rule };
    case 'FactRecorded':
    case 'VersionNoted':
    case 'TimePassed':
    case 'DueMoved':
    case 'TilmeldingOpened':
    case 'TilmeldingChanged':
    case 'TilmeldingAnnulled':
    case 'StatusSet':
    case 'WithheldForConsent':
      return null;
  }
}
