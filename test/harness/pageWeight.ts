import type { Page, Response } from 'playwright-core';

export interface PageWeight {
  /** Bytes over the line, headers among them; what comes from the browser's own cache is none. */
  bytes: number;
  requests: number;
}

/** What `open` brings over the line until the network is idle. */
export async function weigh(page: Page, open: (page: Page) => Promise<unknown>): Promise<PageWeight> {
  const answers: Response[] = [];
  const keep = (answer: Response) => answers.push(answer);
  page.on('response', keep);
  await open(page);
  await page.waitForLoadState('networkidle');
  page.off('response', keep);
  // Asked for when all have come: a sum that waits in its middle loses what another adds meanwhile.
  const sizes = await Promise.all(answers.map((answer) => answer.request().sizes()));
  let bytes = 0;
  // The body of a cached answer has a size below zero: its headers taken off nothing.
  for (const { responseBodySize, responseHeadersSize } of sizes)
    bytes += Math.max(responseBodySize + responseHeadersSize, 0);
  return { bytes, requests: answers.length };
}
