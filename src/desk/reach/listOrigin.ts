import { isSchoolList } from '../../core/schoolList.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';

/** The feed that a list comes by. */
export function feedOfList(list: string): Feed {
  switch (list) {
    case 'laktiv':
      return 'apprenticeship';
    case 'nav':
      return 'nav-match';
    case 'ot':
      return 'ot-adviser';
    default:
      return 'private-school';
  }
}

/** The school whose list it is; null where it is no school's. */
export function schoolOfList(list: string): string | null {
  return isSchoolList(list) ? list.slice(list.indexOf(':') + 1) : null;
}
