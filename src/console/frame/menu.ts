import { ADAPTERS } from '../../../adapters/index.ts';
import type { GuardedAccess } from '../../core/access/access.ts';
import type { Language } from '../../core/language.ts';
import type { Organisation } from '../../core/organisation.ts';
import { ACCESSES } from '../text/accesses.ts';
import { BULK } from '../text/bulk.ts';
import { CLOCK } from '../text/clock.ts';
import { FIND } from '../text/find.ts';
import { FLOW } from '../text/flow.ts';
import { FRAME } from '../text/frame.ts';
import { LETTERS_PAGE } from '../text/letters.ts';
import { LISTS } from '../text/lists.ts';
import { NAV } from '../text/nav.ts';
import { OPERATION } from '../text/operation.ts';
import { PRIVACY } from '../text/privacy.ts';
import { QUARANTINE } from '../text/quarantine.ts';
import { RECEIVERS } from '../text/receivers.ts';
import { REPORT } from '../text/report.ts';
import { REPORTS } from '../text/reports.ts';
import { RULES_PAGE } from '../text/rules.ts';
import { SEND_LIST } from '../text/sendList.ts';
import { WHEEL_PAGE } from '../text/wheel.ts';
import { WORKLIST } from '../text/worklist.ts';

/** A page that the menu leads to. */
export interface MenuEntry {
  /** Below `/k/<org>`. */
  path: string;
  access: GuardedAccess;
  /** For those alone who have the access for one of these feeds. */
  feeds?: readonly string[];
  /** For organisations alone that have a clock of their own. */
  virtualClock?: true;
  label(language: Language): string;
  /** What it is for, on the first page: after a colon. */
  about(language: Language): string;
}

/** Feeds that take lists. */
export const LIST_FEEDS: readonly string[] = ADAPTERS.flatMap(({ feed, columns }) =>
  columns === undefined ? [] : [feed],
);

/** Feeds that take files: spreadsheets, lists that systems write, or both. */
export const FILE_FEEDS: readonly string[] = ADAPTERS.flatMap(({ feed, columns, unpack }) =>
  columns === undefined && unpack === undefined ? [] : [feed],
);

/** Whether the entry leads anywhere for the caller, in the organisation. */
export function leadsFor(
  { access, feeds, virtualClock }: MenuEntry,
  organisation: Pick<Organisation, 'virtualClock'>,
  may: (access: GuardedAccess, feed?: string) => boolean,
) {
  if (virtualClock && !organisation.virtualClock) return false;
  return feeds === undefined ? may(access) : feeds.some((feed) => may(access, feed));
}

/** In the order of the menu. */
export const MENU: readonly MenuEntry[] = [
  {
    path: '/',
    access: 'console:open',
    label: (language) => FRAME[language].today,
    about: (language) => FRAME[language].todayAbout,
  },
  {
    path: '/arbeidsliste',
    access: 'worklist:read',
    label: (language) => WORKLIST[language].all,
    about: (language) => WORKLIST[language].about,
  },
  {
    path: '/samlet',
    access: 'bulk:read',
    label: (language) => BULK[language].title,
    about: (language) => BULK[language].about,
  },
  {
    path: '/brev',
    access: 'worklist:read',
    label: (language) => LETTERS_PAGE[language].title,
    about: (language) => LETTERS_PAGE[language].about,
  },
  {
    path: '/finn',
    access: 'console:open',
    label: (language) => FIND[language].title,
    about: (language) => FIND[language].about,
  },
  {
    path: '/lister/ny',
    access: 'feed:write',
    feeds: FILE_FEEDS,
    label: (language) => SEND_LIST[language].title,
    about: (language) => SEND_LIST[language].about,
  },
  {
    path: '/meld',
    access: 'feed:write',
    feeds: LIST_FEEDS,
    label: (language) => REPORT[language].title,
    about: (language) => REPORT[language].about,
  },
  {
    path: '/lister',
    access: 'receipt:read',
    label: (language) => LISTS[language].title,
    about: (language) => LISTS[language].about,
  },
  {
    path: '/nav',
    access: 'nav:read',
    label: (language) => NAV[language].title,
    about: (language) => NAV[language].about,
  },
  {
    path: '/rapporter',
    access: 'report:read',
    label: (language) => REPORTS[language].title,
    about: (language) => REPORTS[language].about,
  },
  {
    path: '/hjul',
    access: 'wheel:read',
    label: (language) => WHEEL_PAGE[language].title,
    about: (language) => WHEEL_PAGE[language].about,
  },
  {
    path: '/regler',
    access: 'rule:read',
    label: (language) => RULES_PAGE[language].title,
    about: (language) => RULES_PAGE[language].about,
  },
  {
    path: '/flyt',
    access: 'flow:read',
    label: (language) => FLOW[language].title,
    about: (language) => FLOW[language].about,
  },
  {
    path: '/karantene',
    access: 'quarantine:read',
    label: (language) => QUARANTINE[language].title,
    about: (language) => QUARANTINE[language].about,
  },
  {
    path: '/ventende',
    access: 'quarantine:read',
    label: (language) => QUARANTINE[language].waitingTitle,
    about: (language) => QUARANTINE[language].waitingAbout,
  },
  {
    path: '/mottakere',
    access: 'subscription:read',
    label: (language) => RECEIVERS[language].title,
    about: (language) => RECEIVERS[language].about,
  },
  {
    path: '/personvern',
    access: 'log:read',
    label: (language) => PRIVACY[language].title,
    about: (language) => PRIVACY[language].about,
  },
  {
    path: '/tilgang',
    access: 'access:read',
    label: (language) => ACCESSES[language].title,
    about: (language) => ACCESSES[language].about,
  },
  {
    path: '/drift',
    access: 'operation:read',
    label: (language) => OPERATION[language].title,
    about: (language) => OPERATION[language].about,
  },
  {
    path: '/klokke',
    access: 'clock:act',
    virtualClock: true,
    label: (language) => CLOCK[language].title,
    about: (language) => CLOCK[language].about,
  },
];
