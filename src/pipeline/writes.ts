import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';
import { packEvents } from '../store/form/storedEvents.ts';
import { packYouth } from '../store/form/storedYouth.ts';
import type { AppliedRecord, YouthWrite } from '../store/port.ts';

// What a commit writes, packed as it will stand in the database.

type Unpacked<T, Packed extends keyof T> = Omit<T, Packed>;

export function appliedRecord({
  events,
  ...record
}: Unpacked<AppliedRecord, 'alert' | 'body'> & { events: readonly YouthEvent[] }): AppliedRecord {
  const alert = events.some((event) => event.type === 'AlertRaised');
  return { ...record, alert, body: packEvents(events) };
}

export function youthWrite({
  youth,
  ...write
}: Unpacked<YouthWrite, 'due' | 'mergedInto' | 'state'> & { youth: Youth }): YouthWrite {
  const { due, mergedInto } = youth;
  return { ...write, due, mergedInto, state: packYouth(youth) };
}
