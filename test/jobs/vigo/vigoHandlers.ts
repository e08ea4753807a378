import { createServer, type Server } from 'node:http';
import type { HttpHandler } from 'msw';
import { getResponse, HttpResponse, http } from 'msw';

// VIGO as its neighbours meet it (`/vigows/rest/ot` and `/laktiv`), described once as handlers. undici is not
// intercepted, so the handlers are served on a real local port.

export const API_KEY = 'nokkel-kun-for-test';

/** Synthetic persons (Tenor). */
export const YOUTHS = [
  { fnr: '14830989960', fdato: '14.03.2009' },
  { fnr: '02910788054', fdato: '02.11.2007' },
  { fnr: '21860876016', fdato: '21.06.2008' },
];

export function otRow(youth: { fnr: string; fdato: string }): object {
  return {
    person: {
      fornavn: 'AKTSOM',
      etternavn: 'FJELLREV',
      fdato: youth.fdato,
      fnr: youth.fnr,
      epost: '',
      mobilnr: '',
    },
    otData: { tilknytningnr: '40201', tilknytningnavn: 'OT Skien', aktivitetskode: 'OTUK' },
    elevkurs: { promrkode: '', promrnavn: '', start: '', slutt: '' },
  };
}

export function contractRow(youth: { fnr: string; fdato: string }): object {
  return {
    elev: {
      fornavn: 'BLID',
      etternavn: 'TROLLHEGG',
      fdato: youth.fdato,
      fnr: youth.fnr,
      sysId: '1',
      epost: '',
      mobilnr: '',
    },
    type: 'L',
    promrkode: 'BATMF3----',
    promrnavn: 'Tømrerfaget',
    bnr: '974760673',
    bedrnavn: 'Bygg AS',
    start: '01.09.2025',
    slutt: '31.08.2027',
  };
}

/** VIGO's document for either list. */
export function document(list: string, rows: readonly object[], changes: object = {}): object {
  const field = list === 'ot' ? 'otungdommer' : 'kontrakter';
  return { errorMessage: '', antall: rows.length, [field]: rows, ...changes };
}

/** Answers in turn, the last one again and again. Refuses what VIGO would refuse. */
export function vigo(...answers: ((list: string) => Response)[]): HttpHandler[] {
  let turn = 0;
  return [
    http.get('*/vigows/rest/:list', ({ request, params }) => {
      if (request.headers.get('api-key') !== API_KEY) return new HttpResponse(null, { status: 401 });
      if (!/^\d{2}$/.test(request.headers.get('fylkesnr') ?? ''))
        return new HttpResponse(null, { status: 400 });
      if (request.headers.get('accept') !== 'application/json')
        return new HttpResponse(null, { status: 406 });
      const answer = answers[Math.min(turn++, answers.length - 1)];
      return answer?.(String(params.list)) ?? new HttpResponse(null, { status: 404 });
    }),
  ];
}

export interface LocalVigo {
  url: string;
  /** Paths and county headers that were asked for, in order. */
  asked: { path: string; county: string | undefined }[];
  close(): void;
}

/** @param handlers a body shorter than its `content-length` is followed by a cut line. */
export async function serve(handlers: HttpHandler[]): Promise<LocalVigo> {
  const asked: LocalVigo['asked'] = [];
  const server: Server = createServer((incoming, outgoing) => {
    asked.push({ path: incoming.url ?? '', county: incoming.headers.fylkesnr?.toString() });
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { headers });
    void answer(handlers, request, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/vigows/rest`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  handlers: HttpHandler[],
  request: Request,
  outgoing: import('node:http').ServerResponse,
): Promise<void> {
  const response = (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const promised = Number(response.headers.get('content-length') ?? 0);
  let sent = 0;
  for await (const chunk of response.body ?? []) {
    sent += chunk.length;
    outgoing.write(chunk);
    if (outgoing.destroyed) return;
  }
  if (sent < promised) setTimeout(() => outgoing.destroy(), 20);
  else outgoing.end();
}
