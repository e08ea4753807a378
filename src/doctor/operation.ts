import type { Config } from '../config/config.ts';
import type { KafkaExamination } from '../kafka/examination.ts';
import type { Installation } from '../store/postgres/examination.ts';
import { type Finding, fault, ok, warning } from '../text/findings.ts';
import { examineAgreements } from './agreements.ts';
import { some } from './kafkaFindings.ts';

const PATIENCE_MS = 5_000;
const DAY_MS = 86_400_000;
/** The nightly lists come each night; some hours to try again. */
const LIST_AGE_MS = 30 * 3_600_000;
/** More than is on its way in an ordinary minute. */
const MANY_WAITING = 1_000n;

/** How the work goes: the running bridge, lanes, lists, what waits for a human. */
export async function examineOperation(
  config: Config,
  url: string | null,
  installation: Installation | null,
  kafka: KafkaExamination | null,
): Promise<Finding[]> {
  const running = await bridge(url);
  return [
    running,
    ...(installation
      ? [
          stopped(installation),
          ...(config.roles.consume ? [worked(installation)] : []),
          ...(kafka ? [waiting(installation, kafka)] : []),
          receipts(installation),
          kept(
            'Karantene',
            installation.quarantined,
            'Se hva som må rettes: /organisations/<org>/quarantine.',
          ),
          kept(
            'Parkerte ungdommer',
            installation.parked,
            'Se «Slipp fram en parkert ungdom» i docs/driftshandbok.md.',
          ),
          ...lists(config, installation),
          ...examineAgreements(config, installation),
          ...(config.access.maskinporten || config.access.login ? [accesses(installation)] : []),
        ]
      : []),
  ];
}

async function bridge(url: string | null): Promise<Finding> {
  const name = 'Broen';
  if (url === null)
    return warning(name, 'har ingen port å svare på her', 'Sett INTERNAL_PORT for å se den utenfra.');
  let status: number;
  let text: string;
  try {
    const answer = await fetch(`${url}/internal/isReady`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    status = answer.status;
    text = (await answer.text()).slice(0, 500);
  } catch {
    return warning(
      name,
      `svarer ikke på ${url}`,
      'Start den, eller se i loggen hvorfor den stoppet. Kontrollene ellers gjelder uansett.',
    );
  }
  if (status === 200) return ok(name, 'er klar');
  return fault(
    name,
    `er ikke klar (${status}): ${text.replaceAll('\n', ' ')}`,
    'Se under det den nevner, her og i docs/driftshandbok.md.',
  );
}

function stopped({ lanes }: Installation): Finding {
  const all = lanes.filter((lane) => lane.stopped !== null);
  if (all.length === 0) return ok('Partisjoner som står', `ingen av ${lanes.length}`);
  const texts = all.map((lane) => `${lane.topic} ${lane.partition}: ${lane.stopped?.text}`);
  return fault(
    'Partisjoner som står',
    some(texts),
    '«ot partisjoner» viser dem alle, og hvordan hver kan gå videre.',
  );
}

function worked({ lanes }: Installation): Finding {
  const idle = lanes.filter(({ held }) => !held);
  if (idle.length === 0) return ok('Partisjoner med en prosess', `alle ${lanes.length}`);
  const found = `${idle.length} av ${lanes.length} har ingen`;
  return warning(
    'Partisjoner med en prosess',
    found,
    'Start en prosess med ROLES=consume. Meldingene venter imens.',
  );
}

function waiting({ lanes }: Installation, { ends }: KafkaExamination): Finding {
  const next = new Map(lanes.map((lane) => [`${lane.topic}/${lane.partition}`, lane.next]));
  let sum = 0n;
  for (const [lane, end] of ends) {
    const left = end - (next.get(lane) ?? 0n);
    if (left > 0n) sum += left;
  }
  const name = 'Meldinger som venter';
  return sum < MANY_WAITING
    ? ok(name, String(sum))
    : warning(name, String(sum), 'Se om tallet går ned. Går det ikke ned, se partisjonene over og loggen.');
}

function receipts({ waitingReceipts }: Installation): Finding {
  const name = 'Innsendinger uten utfall';
  return waitingReceipts === 0
    ? ok(name, 'ingen')
    : warning(name, `${waitingReceipts} det siste døgnet`, 'Se RECEIPT_WAITING i docs/driftshandbok.md.');
}

function kept(name: string, count: number, cure: string): Finding {
  return count === 0 ? ok(name, 'ingen') : warning(name, String(count), cure);
}

const VIGO_LISTS = /^vigo-(ot|laktiv)/;

function lists({ vigo }: Config, { lists: whole, unfinishedLists }: Installation): Finding[] {
  const name = 'Lister som ikke er hele';
  const findings = [
    unfinishedLists.length === 0
      ? ok(name, 'ingen')
      : warning(
          name,
          some(unfinishedLists),
          'Se LIST_INCOMPLETE i docs/driftshandbok.md, og be avsenderen sende resten.',
        ),
  ];
  if (!vigo) return findings;
  const orgs = new Set<string>(vigo.organisations.map(({ id }) => id));
  const late = [...orgs].filter((org) => {
    const last = Math.max(
      0,
      ...whole
        .filter((each) => each.org === org && VIGO_LISTS.test(each.list))
        .map(({ completed }) => completed.getTime()),
    );
    return last < Date.now() - LIST_AGE_MS;
  });
  findings.push(
    late.length === 0
      ? ok('VIGOs lister', `kom i løpet av ${Math.round(LIST_AGE_MS / DAY_MS)} døgn for alle`)
      : warning(
          'VIGOs lister',
          `har ikke kommet for ${some(late)}`,
          'Se POLL_FAILED i docs/driftshandbok.md: nøkkel, adresse, og om VIGO er oppe.',
        ),
  );
  return findings;
}

function accesses({ accesses: { grants, roles } }: Installation): Finding {
  const found = `${grants} avtaler og ${roles} roller gjelder nå`;
  return grants + roles > 0
    ? ok('Tilganger', found)
    : warning('Tilganger', found, 'Gi de første i ACCESS_FILE: uten dem slipper ingen inn.');
}
