import { countyOf } from '../../codelists/municipality.ts';
import type { CountyNumber } from '../../organisation.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { holdsOver } from '../facts/order.ts';
import { dueOrWakeOn, type Findings } from '../findings.ts';
import { RESTRUCTURING_DATES } from './restructuring.ts';

/** Where the youth is from a date on: in a municipality, or abroad. */
export type Stay = FactOf<'Residence'> | FactOf<'Emigrated'>;

/** Those that have begun, the last one at the end. One that is announced is judged again on its day. */
export function staysOf(findings: Findings): Stay[] {
  const { Residence: residences, Emigrated: emigrations } = findings.ledger;
  const stays: Stay[] = [];
  for (const fact of residences) if (dueOrWakeOn(findings, fact.effective)) stays.push(fact);
  for (const fact of emigrations) if (dueOrWakeOn(findings, fact.effective)) stays.push(fact);
  return stays.length < 2 ? stays : stays.sort((one, other) => (holdsOver(one, other) ? 1 : -1));
}

/** Every county number the place has had from the stay's first day until today: none when it is uncertain. */
export function countiesOf({ municipality, effective }: FactOf<'Residence'>): CountyNumber[] {
  const counties: CountyNumber[] = [];
  for (const date of [effective, ...RESTRUCTURING_DATES.filter((each) => each > effective)]) {
    const county = countyOf(municipality, date, effective);
    if (county !== null && !counties.includes(county)) counties.push(county);
  }
  return counties;
}
