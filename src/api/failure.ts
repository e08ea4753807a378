import { HTTPException } from 'hono/http-exception';
import { DeskRefusal } from '../desk/refusal.ts';
import { StoreBusy } from '../store/busy.ts';
import { HttpProblem, problemResponse } from './httpProblem.ts';
import type { ApiParts } from './parts.ts';

/** Anything thrown becomes a problem document. Unexpected errors are logged under the id in the answer. */
export function answerFailure(parts: Pick<ApiParts, 'newId' | 'logProblem'>, error: unknown): Response {
  if (error instanceof HttpProblem) return problemResponse(error);
  if (error instanceof DeskRefusal) return problemResponse(ofDesk(error));
  if (error instanceof StoreBusy) return problemResponse(busy(error));
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

function busy({ retryAfterSeconds }: StoreBusy): HttpProblem {
  return new HttpProblem(
    'BUSY',
    `For mange forespørsler på en gang. Prøv igjen om ${retryAfterSeconds} sekunder; ingenting er endret.`,
    { retryAfterSeconds },
  );
}

function ofFramework(status: number): HttpProblem {
  if (status === 415)
    return new HttpProblem('UNSUPPORTED_TYPE', 'Send Content-Type: application/json (UTF-8).');
  return new HttpProblem('INVALID_REQUEST', 'Forespørselen kan ikke leses. Se /openapi.json.');
}
