import { readAddress } from '../local/addressFile.ts';
import { CommandFailed, EXIT } from './ask.ts';

/** Where the bridge answers: as told, or on the port told, or where the one that runs here says.
 *  @throws CommandFailed when what was told is no address */
export function bridgeAddress(env: Readonly<Record<string, string | undefined>>): string {
  const told = env.OT_BRIDGE_URL?.trim();
  if (told) {
    if (URL.canParse(told)) return told;
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
