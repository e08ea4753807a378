import { readBody } from '../../api/body/readBody.ts';
import { HttpProblem } from '../../api/httpProblem.ts';

/** What a form was filled in with. */
export interface FormBody {
  /** The first value of the field, without spaces around it; empty when it is not there. */
  text(name: string): string;
  /** Bytes of a chosen file, without its name; null when none was chosen. */
  file(name: string): Promise<Buffer | null>;
  /** All fields with text, in order. */
  entries(): [name: string, value: string][];
}

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** @param most bytes of the body @param taken is called with the size of each piece as it comes
 *  @throws HttpProblem */
export async function readForm(
  request: Request,
  most: number,
  taken: (bytes: number) => void = () => undefined,
): Promise<FormBody> {
  const type = request.headers.get('content-type') ?? '';
  const [kind = ''] = type.toLowerCase().split(';');
  if (kind.trim() !== URLENCODED && kind.trim() !== MULTIPART)
    throw new HttpProblem('UNSUPPORTED_TYPE', 'Send skjemaet fra siden det står på.');
  const chunks: Buffer[] = [];
  await readBody(request, most, (chunk) => {
    taken(chunk.length);
    chunks.push(chunk);
  });
  const form = await parsed(Buffer.concat(chunks), type);
  return {
    text: (name) => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    },
    async file(name) {
      const value = form.get(name);
      if (value === null || typeof value === 'string') return null;
      return value.size === 0 && value.name === '' ? null : Buffer.from(await value.arrayBuffer());
    },
    entries: () =>
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])),
  };
}

async function parsed(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw Object.assign(
      new HttpProblem(
        'INVALID_REQUEST',
        'Skjemaet kom ikke helt fram. Åpne siden på nytt, og send det igjen.',
      ),
      { cause },
    );
  }
}
