import type { Line } from './register.ts';
import type { RegistrationState } from './registrationState.ts';

/** A registered youth at a cut-off, and with which status. */
export interface Counted {
  line: Line;
  registration: RegistrationState;
}
