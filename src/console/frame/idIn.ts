import { UUID } from '../../core/uuid.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import type { Visit } from './visit.ts';

/** An id in the address; anything else there is an address that does not exist. @throws DeskRefusal NOT_FOUND */
export function idIn({ param }: Pick<Visit, 'param'>, name = 'id'): string {
  const id = param(name);
  if (UUID.test(id)) return id;
  throw new DeskRefusal('NOT_FOUND', 'Siden finnes ikke. Sjekk adressen.');
}
