import type { GuardedAccess } from '../../core/access/access.ts';
import { FRAME } from '../text/frame.ts';
import type { Language } from '../text/texts.ts';

/** A page that the menu leads to. */
export interface MenuEntry {
  /** Below `/k/<org>`. */
  path: string;
  access: GuardedAccess;
  label(language: Language): string;
  /** What it is for, on the first page: after a colon. */
  about(language: Language): string;
}

/** In the order of the menu. */
export const MENU: readonly MenuEntry[] = [
  {
    path: '/',
    access: 'console:open',
    label: (language) => FRAME[language].today,
    about: (language) => FRAME[language].todayAbout,
  },
];
