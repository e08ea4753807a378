import { HTTPException } from 'hono/http-exception';
import { DeskRefusal } from '../desk/refusal.ts';
import { StoreUnavailable } from '../store/unavailable.ts';
import { FileFault } from '../upload/fileFault.ts';
import { HttpProblem, problemResponse } from './httpProblem.ts';
import type { ApiParts } from './parts.ts';

/** Anything thrown becomes a problem document. Unexpected errors are logged under the id in the answer. */
export function answerFailure(parts: Pick<ApiParts, 'newId' | 'logProblem'>, error: unknown): Response {
  if (error instanceof HttpProblem) return problemResponse(error);
  if (error instanceof DeskRefusal) return problemResponse(ofDesk(error));
  if (error instanceof FileFault) return problemResponse(new HttpProblem(error.code, error.message));
  if (error instanceof StoreUnavailable) return problemResponse(ofStore(error));
  if (error instanceof HTTPException) return problemResponse(ofFramework(error.status));
  const id = parts.newId();
  parts.logProblem({ id, error });
  return problemResponse(
    new HttpProblem(
      'INTERNAL',
      'Noe gikk galt hos oss. Prøv igjen; varer det ved, oppgi id-en til driften.',
      {
        id,
      },
    ),
  );
}

function ofDesk({ code, message, problems, retryAfterSeconds }: DeskRefusal): HttpProblem {
  return new HttpProblem(code, message, {
    problems,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function ofStore({ why }: StoreUnavailable): HttpProblem {
  switch (why) {
    case 'busy':
      return new HttpProblem('BUSY', 'For mange spør samtidig. Prøv igjen om litt; ingenting er gjort.', {
        retryAfterSeconds: 2,
      });
    case 'slow':
      return new HttpProblem(
        'DATABASE_SLOW',
        'Databasen brukte for lang tid. Prøv igjen om litt, gjerne med et mindre utvalg.',
        { retryAfterSeconds: 30 },
      );
    case 'silent':
      return new HttpProblem(
        'DATABASE_SLOW',
        'Databasen svarer ikke akkurat nå. Send nøyaktig det samme på nytt om litt, en innsending med samme Idempotency-Key: det som alt er lagret, får ikke virkning to ganger.',
        { retryAfterSeconds: 5 },
      );
  }
}

function ofFramework(status: number): HttpProblem {
  if (status === 415)
    return new HttpProblem('UNSUPPORTED_TYPE', 'Send Content-Type: application/json (UTF-8).');
  return new HttpProblem('INVALID_REQUEST', 'Forespørselen kan ikke leses. Se /openapi.json.');
}
