import type { Principal } from '../../src/core/access/principal.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import { assignment, grant, machine, person } from './callers.ts';
import { CONSUMER, type Kind, OTHER, OWN, SCHOOL, type Thing, UNIT } from './world.ts';

// Each caller with all that it may see, written down apart from the matrix: a mistake in the one shows in the other.

export interface Caller {
  name: string;
  principal: Principal;
  sees(thing: Thing): boolean;
  /** What the database lets through: it knows organisation, unit, school and sender, and neither feed nor protection. */
  database(thing: Thing): boolean;
}

const kinds =
  (...named: Kind[]) =>
  ({ kind }: Thing) =>
    named.includes(kind);
const open = ({ hidden = false }: Thing) => !hidden;
const own = ({ org }: Thing) => org === OWN;
const ofYouths = kinds('youth', 'number', 'lookup', 'disclosure');
const ofUnit = ({ unit }: Thing) => unit === UNIT;
const ofSchool = ({ institution }: Thing) => institution === SCHOOL;

const of = (role: Parameters<typeof assignment>[0], changes = {}) => person([assignment(role, OWN, changes)]);
const whole = (thing: Thing) => own(thing);
const nothing = () => false;

export const CALLERS: readonly Caller[] = [
  {
    name: 'skole',
    principal: of('skole'),
    sees: (thing) => own(thing) && kinds('receipt', 'row', 'list')(thing) && ofSchool(thing),
    database: (thing) => own(thing) && (ofSchool(thing) || kinds('snapshot')(thing) === false),
  },
  {
    name: 'inntak',
    principal: of('inntak'),
    sees: (thing) => own(thing) && kinds('list')(thing),
    database: whole,
  },
  { name: 'fagopplaering', principal: of('fagopplaering'), sees: nothing, database: whole },
  {
    name: 'radgiver',
    principal: of('radgiver'),
    sees: (thing) => own(thing) && ofYouths(thing) && ofUnit(thing) && open(thing),
    database: (thing) => own(thing) && ofYouths(thing) && ofUnit(thing),
  },
  {
    name: 'radgiver, named for those in hiding',
    principal: of('radgiver', { protectedYouths: true }),
    sees: (thing) => own(thing) && ofYouths(thing) && ofUnit(thing),
    database: (thing) => own(thing) && ofYouths(thing) && ofUnit(thing),
  },
  {
    name: 'radgiver of two units',
    principal: person([
      assignment('radgiver', OWN),
      assignment('radgiver', OWN, { id: 'second', unit: '40300' }),
    ]),
    sees: (thing) => own(thing) && ofYouths(thing) && open(thing),
    database: (thing) => own(thing) && ofYouths(thing),
  },
  {
    name: 'radgiver of two units, named in the other one for those in hiding',
    principal: person([
      assignment('radgiver', OWN),
      assignment('radgiver', OWN, { id: 'second', unit: '40300', protectedYouths: true }),
    ]),
    sees: (thing) => own(thing) && ofYouths(thing) && (open(thing) || !ofUnit(thing)),
    database: (thing) => own(thing) && ofYouths(thing),
  },
  {
    name: 'leder',
    principal: of('leder'),
    sees: (thing) =>
      own(thing) && open(thing) && (ofYouths(thing) || kinds('receipt', 'list', 'snapshot', 'vigo')(thing)),
    database: whole,
  },
  {
    name: 'leder, named for those in hiding',
    principal: of('leder', { protectedYouths: true }),
    sees: (thing) => own(thing) && (ofYouths(thing) || kinds('receipt', 'list', 'snapshot', 'vigo')(thing)),
    database: whole,
  },
  {
    name: 'drift',
    principal: of('drift'),
    sees: (thing) =>
      own(thing) &&
      open(thing) &&
      kinds('youth', 'number', 'receipt', 'row', 'quarantine', 'parked', 'list', 'vigo')(thing),
    database: whole,
  },
  {
    name: 'personvern',
    principal: of('personvern'),
    sees: (thing) =>
      own(thing) &&
      open(thing) &&
      (ofYouths(thing) || kinds('receipt', 'row', 'quarantine', 'parked')(thing)),
    database: whole,
  },
  { name: 'nav', principal: of('nav'), sees: nothing, database: whole },
  { name: 'a person without roles', principal: person([]), sees: nothing, database: nothing },
  {
    name: 'a machine with every grant',
    principal: machine(SCOPES.map((scope) => grant(scope, OWN))),
    sees: (thing) => own(thing) && open(thing) && ofMachine(thing),
    database: whole,
  },
  {
    name: 'a supplier on behalf of it',
    principal: machine(
      SCOPES.map((scope) => grant(scope, OWN)),
      { supplier: '974760673' as never, key: 'supplier' },
    ),
    sees: (thing) => own(thing) && open(thing) && ofMachine(thing),
    database: whole,
  },
  {
    name: 'a machine with every grant elsewhere',
    principal: machine(SCOPES.map((scope) => grant(scope, OTHER))),
    sees: (thing) => !own(thing) && ofMachine(thing),
    database: (thing) => !own(thing),
  },
  {
    name: 'a machine of one school',
    principal: machine(SCOPES.map((scope) => grant(scope, OWN, { institution: SCHOOL }))),
    sees: (thing) => own(thing) && kinds('receipt', 'row')(thing) && sentByMachine(thing),
    database: (thing) => own(thing) && kinds('receipt', 'row')(thing) && sentByMachine(thing),
  },
  { name: 'a machine without a grant', principal: machine([]), sees: nothing, database: nothing },
  {
    name: 'a machine without a scope',
    principal: machine(
      SCOPES.map((scope) => grant(scope, OWN)),
      { scopes: new Set(['ot', 'ot/registrations.read.all', 'x-ot/registrations.read']) },
    ),
    sees: nothing,
    database: nothing,
  },
];

const sentByMachine = ({ sender }: Thing) => sender === `0192:${CONSUMER}`;

function ofMachine(thing: Thing): boolean {
  return kinds('youth', 'number', 'row', 'quarantine', 'parked')(thing) || sentByMachine(thing);
}
