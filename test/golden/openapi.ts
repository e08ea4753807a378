import { createApp, openApiDocument } from '../../src/api/app.ts';
import { testParts } from '../api/parts.ts';

/** `schemas/openapi.json` as the code describes itself. */
export function goldenOpenApi(): string {
  return `${JSON.stringify(openApiDocument(createApp(testParts())), null, 2)}\n`;
}
