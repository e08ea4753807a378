import { disclosesNav } from '../consent/disclosesNav.ts';
import type { OrgId } from '../organisation.ts';
import type { PersonRef } from '../person/reference.ts';
import { gradeAt } from '../protection/grade.ts';
import { type Share, shareFor } from '../protection/share.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { added, NONE } from '../shortList.ts';
import type { IsoInstant } from '../time/date.ts';
import type { ProtectionGrade } from '../youth/statusEvent.ts';
import { type Registration, sameKey, type Youth } from '../youth/youth.ts';
import type { MainGroup, RegistrationKey, YouthEvent } from '../youth/youthEvent.ts';
import {
  alertValue,
  forgetValue,
  groupValue,
  statusValue,
  type ToldAlert,
  ungdomValue,
} from './messageValues.ts';
import type { OutHead, OutValues } from './outValues.ts';

// The only exit for personal data: what may leave, on which topic. How thin: messageValues.ts.

/** Out topics: OT scope `status` and `alert`, with `alert-protected` for youths in hiding, which named advisers alone
 *  read (D01); `status-group` redacted to the main group; compacted `ot-ungdom`. */
export const OUT_TOPICS = [
  'status',
  'alert',
  'alert-protected',
  'status-group',
  'ot-ungdom',
] as const satisfies (keyof OutValues)[];
export type OutTopic = (typeof OUT_TOPICS)[number];

export interface MessageOn<T extends OutTopic> {
  topic: T;
  /** Source event position and number: `<topic>/<partition>/<offset>/<n>`, 0 for `ot-ungdom`. The same when
   *  published again. From 1000 for a youth that the record merged into another. */
  id: string;
  /** Person reference: the Kafka key. */
  ref: PersonRef;
  /** Mirrored by schemas/avro/out. */
  value: OutValues[T];
}

/** What leaves: `topic` says what `value` is. */
export type OutboxMessage = { [T in OutTopic]: MessageOn<T> }[OutTopic];

/** An alert that discloses what NAV has said: it may leave only while both consents hold. */
export type NavDisclosure = MessageOn<'alert'> | MessageOn<'alert-protected'>;

export interface MessageMeta {
  /** e.g. `telemarkfylke-no` */
  org: OrgId;
  ref: PersonRef;
  /** `<feed topic>/<partition>/<offset>` of the cause. */
  position: string;
  /** The youth's version after the events: strictly rising per youth. */
  version: number;
  recorded: IsoInstant;
}

/**
 * Messages for the events of one source record. `after` is the youth with the events folded in; number and order of
 * the messages depend on the events and that youth alone, so that each keeps its id when it is published again. Where a
 * youth in hiding can be found is in none of them (D01).
 */
export function toMessages(events: readonly YouthEvent[], after: Youth, meta: MessageMeta): OutboxMessage[] {
  const regraded = regradedIn(events);
  const told = alertsIn(events);
  const changes = changesIn(events);
  // Of most records.
  if (changes.length === 0 && told.length === 0 && regraded === undefined) return [];
  return messagesOf(regraded, told, changes, after, meta);
}

function messagesOf(
  regraded: Regraded | undefined,
  alerts: readonly ToldAlert[],
  moved: readonly ChangedRegistration[],
  after: Youth,
  meta: MessageMeta,
): OutboxMessage[] {
  let told = alerts;
  let changes = moved;
  const messages: OutboxMessage[] = [];
  const head = () => headOf(meta, numbersFrom(after) + messages.length + 1);
  const share = shareOf(after, meta);
  if (regraded !== undefined) {
    // Republish every registration and alert, so that no consumer keeps the address it was given before.
    if (hides(regraded.to) && !hides(regraded.from) && after.registrations.length > 0)
      messages.push(messageOn('status-group', forgetValue(head())));
    const shownAgain = hides(regraded.from) && !hides(regraded.to);
    for (const known of after.registrations) changes = withAgain(changes, known, regraded.rule, shownAgain);
    for (const alert of after.alerts) {
      if (!told.some((each) => each.alert.id === alert.id))
        told = added(told, { state: 'ENDRET', alert, rule: alert.rule });
    }
  }
  for (const change of changes) {
    const now = registrationIn(after, change);
    messages.push(messageOn('status', statusValue(head(), change, change.rule, now, share)));
    if (change.groupMoved && !share.hidden)
      messages.push(messageOn('status-group', groupValue(head(), change, now)));
  }
  const [now, before] = [
    alertTopic(share.hidden),
    alertTopic(regraded ? hides(regraded.from) : share.hidden),
  ];
  for (const each of told) {
    // Who reads the topic that it was on hears that it is no longer there; not that it is somewhere else.
    if (before !== now && each.state !== 'REIST') {
      messages.push(messageOn(before, alertValue(head(), { ...each, state: 'TRUKKET' }, share)));
      if (each.state === 'TRUKKET') continue;
    }
    messages.push(messageOn(now, alertValue(head(), each, share)));
  }
  if (changes.length > 0) messages.push(ungdomMessage(after, meta));
  return messages;
}

function registrationIn({ registrations }: Youth, key: RegistrationKey): Registration | undefined {
  for (const known of registrations) if (sameKey(known, key)) return known;
  return undefined;
}

function shareOf({ facts, asOf }: Youth, { recorded }: MessageMeta): Share {
  return shareFor(gradeAt(facts, asOf ?? recorded));
}

function alertTopic(hidden: boolean): 'alert' | 'alert-protected' {
  return hidden ? 'alert-protected' : 'alert';
}

function hides(grade: ProtectionGrade): boolean {
  return shareFor(grade).hidden;
}

function withAgain(
  changes: readonly ChangedRegistration[],
  key: RegistrationKey,
  rule: RuleId,
  shownAgain: boolean,
): readonly ChangedRegistration[] {
  const known = changeOf(changes, key);
  if (known === undefined)
    return added(changes, { schoolYear: key.schoolYear, county: key.county, rule, groupMoved: shownAgain });
  known.groupMoved ||= shownAgain;
  return changes;
}

/** The youth as it is, for the compacted topic. */
export function ungdomMessage(youth: Youth, meta: MessageMeta): MessageOn<'ot-ungdom'> {
  return messageOn('ot-ungdom', ungdomValue(headOf(meta, numbersFrom(youth)), youth, shareOf(youth, meta)));
}

function messageOn<T extends OutTopic>(topic: T, value: OutValues[T]): MessageOn<T> {
  return { topic, id: value.eventId, ref: value.ref, value };
}

/** One record can merge two youths: the absorbed youth's messages are numbered from 1000, so that every id is unique. */
function numbersFrom({ mergedInto }: Youth): number {
  return mergedInto === null ? 0 : 1_000;
}

function headOf({ ref, org, version, recorded, position }: MessageMeta, number: number): OutHead {
  return { eventId: `${position}/${number}`, ref, org, version, recorded };
}

type TellsRegistration = 'TilmeldingOpened' | 'TilmeldingChanged' | 'TilmeldingAnnulled' | 'StatusSet';

/** One registration that the events have changed. */
interface ChangedRegistration extends RegistrationKey {
  rule: RuleId;
  /** Published outside OT as well: openness, main group or membership has changed. */
  groupMoved: boolean;
}

type Regraded = Extract<YouthEvent, { type: 'ProtectionChanged' }>;

function regradedIn(events: readonly YouthEvent[]): Regraded | undefined {
  for (const event of events) if (event.type === 'ProtectionChanged') return event;
  return undefined;
}

function changesIn(events: readonly YouthEvent[]): readonly ChangedRegistration[] {
  let changes: readonly ChangedRegistration[] = NONE;
  for (const event of events) {
    if (!('schoolYear' in event)) continue;
    const { schoolYear, county } = event;
    const rule = event.type === 'StatusSet' ? event.status.rule : event.rule;
    const groupMoved = movesGroup(event);
    const known = changeOf(changes, event);
    if (known === undefined) changes = added(changes, { schoolYear, county, rule, groupMoved });
    else {
      known.rule = rule;
      known.groupMoved ||= groupMoved;
    }
  }
  return changes;
}

function changeOf(
  changes: readonly ChangedRegistration[],
  key: RegistrationKey,
): ChangedRegistration | undefined {
  for (const change of changes) if (sameKey(change, key)) return change;
  return undefined;
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

function alertsIn(events: readonly YouthEvent[]): readonly ToldAlert[] {
  let told: readonly ToldAlert[] = NONE;
  for (const event of events) {
    const one = alertIn(event);
    if (one !== null) told = added(told, one);
  }
  return told;
}

function alertIn(event: YouthEvent): ToldAlert | null {
  switch (event.type) {
    case 'AlertRaised':
      return { state: 'REIST', alert: event.alert, rule: event.alert.rule };
    case 'AlertChanged':
      return { state: 'ENDRET', alert: event.alert, rule: event.alert.rule };
    case 'AlertWithdrawn':
      return { state: 'TRUKKET', alert: event.alert, rule: event.rule };
    case 'FactRecorded':
    case 'VersionNoted':
    case 'TimePassed':
    case 'DueMoved':
    case 'TilmeldingOpened':
    case 'TilmeldingChanged':
    case 'TilmeldingAnnulled':
    case 'StatusSet':
    case 'WithheldForConsent':
    case 'MergedInto':
    case 'NumberSeen':
    case 'ProtectionChanged':
      return null;
  }
}

/** Everything else has a statutory basis, and so has taking back what was disclosed. */
export function isNavDisclosure(message: OutboxMessage): message is NavDisclosure {
  return (
    (message.topic === 'alert' || message.topic === 'alert-protected') &&
    disclosesNav(message.value) &&
    message.value.state !== 'TRUKKET'
  );
}
