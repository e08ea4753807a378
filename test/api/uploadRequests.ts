import { randomUUID } from 'node:crypto';

/** A request for each operation on a list from a spreadsheet, by operation. @param root the address of the organisation */
export function uploadRequests(root: string): Record<string, () => [path: string, body?: unknown]> {
  const feed = `${root}/feeds/school-dropout`;
  const upload = `${feed}/uploads/${randomUUID()}`;
  const at = '/organisations/{org}/feeds/{feed}/uploads/{id}';
  return {
    'GET /organisations/{org}/feeds/{feed}/template': () => [`${feed}/template`],
    'POST /organisations/{org}/feeds/{feed}/uploads': () => [`${feed}/uploads`, {}],
    [`GET ${at}`]: () => [upload],
    [`PATCH ${at}`]: () => [upload, {}],
    [`DELETE ${at}`]: () => [upload],
    [`GET ${at}/check`]: () => [`${upload}/check`],
    [`GET ${at}/error-file`]: () => [`${upload}/error-file`],
    [`PATCH ${at}/rows/{row}`]: () => [`${upload}/rows/17`, { fields: {} }],
    [`POST ${at}/send`]: () => [`${upload}/send`, {}],
  };
}
