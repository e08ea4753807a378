import type { Api } from './apiEnv.ts';

const MASKINPORTEN = 'maskinporten';
const LOGIN = 'innlogging';

/** A token or a session, as the installation asks for them. An open one, on its own machine, asks for neither. */
export const ANY_CALLER = [{ [MASKINPORTEN]: [] }, { [LOGIN]: [] }];

/** Scopes are no part of it: which ones a route needs depends on the feed, and the prefix is the county's. */
export function describeSecurity({ openAPIRegistry }: Api): void {
  openAPIRegistry.registerComponent('securitySchemes', MASKINPORTEN, {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Token fra Maskinporten med scopet for strømmen eller lesingen, og avtale om tilgang hos organisasjonen. ' +
      'En installasjon uten utsteder, som bare svarer på sin egen maskin, krever ikke token.',
  });
  openAPIRegistry.registerComponent('securitySchemes', LOGIN, {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-ot',
    description: 'Økten til en ansatt som har logget inn i nettleseren.',
  });
}
