import { join } from 'node:path';
import { output } from './command.ts';
import { StartupError } from './startupError.ts';

const OLDEST = 17;
const CURE = `Installer Java ${OLDEST} eller nyere (for eksempel openjdk-${OLDEST}-jre-headless), eller sett KAFKA_BROKERS til en Kafka som finnes.`;

/** Full path of a `java` that can run Kafka. @throws StartupError */
export async function findJava(command = 'java'): Promise<string> {
  const asked = await output(command, ['-XshowSettings:properties', '-version']);
  if (asked === undefined)
    throw new StartupError(`Innebygd Kafka trenger Java, men fant ikke «java» på PATH. ${CURE}`);
  const version = Number(/java\.specification\.version = (?:1\.)?(\d+)/.exec(asked.text)?.[1]);
  const home = /java\.home = (.+)/.exec(asked.text)?.[1]?.trim();
  if (asked.code !== 0 || !home || !Number.isInteger(version)) {
    throw new StartupError(`«java» på PATH svarte ikke som en Java gjør. ${CURE}`);
  }
  if (version < OLDEST)
    throw new StartupError(`«java» på PATH er Java ${version}, og innebygd Kafka trenger en nyere. ${CURE}`);
  return join(home, 'bin', 'java');
}
