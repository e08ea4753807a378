import { describe, expect, test } from 'vitest';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';

// Folkeregisteret's feed from the record to what others read, with the real adapters and schemas.

const P08 = '17890761240';
const P12 = '30900674437';

async function dropsOut(pipeline: TestPipeline, fodselsnummer: string, skolenummer: string): Promise<void> {
  await pipeline.send('school-dropout', [
    { type: 'avbrudd', fodselsnummer, skolenummer, avbruddsdato: '2026-10-06', avbruddsarsak: 'FV' },
  ]);
  await pipeline.settle();
}

async function registers(pipeline: TestPipeline, record: object): Promise<void> {
  await pipeline.send('folkeregister', [record]);
  await pipeline.settle();
}

describe('O06 through the pipeline', () => {
  test('a move is offered to the new county, and the offer is withdrawn under its id when it is taken back', async () => {
    const pipeline = await createTestPipeline({ org: 'vestfoldfylke-no', county: '39' });
    await dropsOut(pipeline, P12, '39014');
    await registers(pipeline, {
      id: 'fr-1',
      type: 'flytting',
      fodselsnummer: P12,
      dato: '2026-10-06',
      kommunenummer: '4001',
    });
    await registers(pipeline, { id: 'fr-2', type: 'annullering', fodselsnummer: P12, annullerer: 'fr-1' });
    const offers = pipeline.out('alert').filter(({ kind }) => kind === 'OVERLEVERING');
    expect(offers.map(({ state, toCounty, county }) => ({ state, toCounty, county }))).toEqual([
      { state: 'REIST', toCounty: '40', county: '39' },
      { state: 'TRUKKET', toCounty: '40', county: '39' },
    ]);
    expect(new Set(offers.map(({ alertId }) => alertId)).size).toBe(1);
    expect(pipeline.parked).toEqual([]);
  });
});

describe('D01 through the pipeline', () => {
  test('a youth in hiding is hidden in the compacted record, and leaves the topic for others', async () => {
    const pipeline = await createTestPipeline({ org: 'nfk-no', county: '18' });
    await dropsOut(pipeline, P08, '18014');
    expect(pipeline.out('ot-ungdom').at(-1)).toMatchObject({
      protection: 'UGRADERT',
      registrations: [{ county: '18', owner: '18200' }],
    });
    await registers(pipeline, {
      id: 'fr-7',
      type: 'adressebeskyttelse',
      fodselsnummer: P08,
      dato: '2026-10-07',
      gradering: '6',
    });
    expect(pipeline.out('ot-ungdom').at(-1)).toMatchObject({
      protection: 'STRENGT_FORTROLIG',
      registrations: [{ county: null, owner: null, code: 'OTUK' }],
    });
    expect(pipeline.out('status-group').at(-1)).toMatchObject({
      open: false,
      county: null,
      schoolYear: null,
    });
    expect(pipeline.out('status').at(-1)).toMatchObject({ protection: 'STRENGT_FORTROLIG', owner: null });
    expect(pipeline.out('alert').at(-1)).toMatchObject({ state: 'TRUKKET', county: null, owner: null });
    expect(pipeline.out('alert-protected').at(-1)).toMatchObject({
      state: 'ENDRET',
      county: null,
      owner: null,
    });
    expect(pipeline.parked).toEqual([]);
  });
});
