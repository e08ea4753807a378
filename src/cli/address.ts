import { readAddress } from '../local/addressFile.ts';
import { CommandFailed, EXIT } from './ask.ts';

/** Where the bridge answers: `OT_BRIDGE_URL`, else `HTTP_PORT`, else the address file of the one running here.
 *  @throws CommandFailed when the value is no address */
export function bridgeAddress(env: Readonly<Record<string, string | undefined>>): string {
  const given = env.OT_BRIDGE_URL?.trim();
  if (given) {
    if (URL.canParse(given)) return given;
    throw new CommandFailed('OT_BRIDGE_URL er ikke en gyldig adresse.', EXIT.usage);
  }
  const port = env.HTTP_PORT?.trim();
  if (port) {
    const address = `http://127.0.0.1:${port}`;
    if (/^\d+$/.test(port) && URL.canParse(address)) return address;
    throw new CommandFailed('HTTP_PORT er ikke et portnummer.', EXIT.usage);
  }
  return readAddress(env.DATA_DIR?.trim() || './.data') ?? 'http://127.0.0.1:8080';
}
