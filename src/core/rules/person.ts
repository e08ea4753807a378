import type { IsoInstant } from '../time/date.ts';
import type { AlertCategory, AlertKind } from '../youth/youthEvent.ts';
import type { Rule } from './rule.ts';

// Identity: numbers change, and a number and a name may not belong together. Named by the scenarios that show it.

type Review<Kind extends AlertKind> = { alert: Kind; category: Extract<AlertCategory, 'review'> };

type Since = IsoInstant | null;

/** I05. `since`: from when OT knew a person under each of the two, by Kafka's moments; `told`: the moment of the change.
 *  What came later, and may have been read before, is about one person and makes no two of it. */
export const onePerson: Rule<
  { told: IsoInstant; since: readonly [Since, Since] },
  Review<'NUMRE_SLATT_SAMMEN'>
> = {
  id: 'I05',
  kind: 'decides',
  text: 'To numre gjelder samme ungdom, så alt som er meldt under dem, er samlet på én; se over det som var registrert to ganger.',
  nynorsk:
    'To nummer gjeld same ungdom, så alt som er meldt under dei, er samla på éin; sjå over det som var registrert to gonger.',
  source: 'Udirs registreringshåndbok, A01',
  applies: ({ told, since }) => since.every((moment) => moment !== null && moment <= told),
  leadsTo: { alert: 'NUMRE_SLATT_SAMMEN', category: 'review' },
};

type KnownTags = Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>;

/** Y03. `known`: tags of names; `tags`: of the record's name in every spelling it may come in. Never the other way round: no
 *  name ever finds a person. */
export const nameMatchesNumber: Rule<{ known: KnownTags; tags: readonly string[] }, Review<'NAVN_AVVIK'>> = {
  id: 'Y03',
  kind: 'proposes',
  text: 'Meldingen har et annet navn enn det som er kjent på nummeret; den kan gjelde en annen, og noen må se på den før den teller.',
  nynorsk:
    'Meldinga har eit anna namn enn det som er kjent på nummeret; ho kan gjelde ein annan, og nokon må sjå på ho før ho tel.',
  source: 'Domenereferansen, Y03',
  applies: ({ known, tags }) => known.size > 0 && !tags.some((tag) => known.has(tag)),
  leadsTo: { alert: 'NAVN_AVVIK', category: 'review' },
};
