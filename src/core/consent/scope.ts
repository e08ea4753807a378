import type { ConsentScope, Feed, NavRegister } from '../youth/statusEvent.ts';

// What a consent must name before something that NAV says may be known. Whether a youth is registered, as a job seeker too,
// and which office follows it up, is what every consent is about (domain reference, §1.9); the measure is more.

const OF_REGISTER: Readonly<Record<NavRegister, ConsentScope | null>> = {
  ARBEIDSSOKER: null,
  OPPFOLGING: null,
  TILTAK: 'TILTAK',
  // A youth in it is in «annet tiltak i regi av NAV» (W9), although NAV gives it no tiltakskode.
  UNGDOMSPROGRAM: 'TILTAK',
};

/** What must be named before the register may be known. */
export function scopeOf(register: NavRegister): ConsentScope | null {
  return OF_REGISTER[register];
}

/** The same of an alert, by the feed it rests on. */
export function scopeOfFeed(feed: Feed): ConsentScope | null {
  return feed === 'nav-deltaker' || feed === 'nav-ungdomsprogram' ? 'TILTAK' : null;
}
