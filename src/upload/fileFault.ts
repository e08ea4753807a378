import { REFUSED_FILE } from '../core/sentences/refusedFiles.ts';

/** Why a file is not taken as a list, each with its title (bokmål). The code is public contract. */
export const FILE_FAULTS = REFUSED_FILE.nb;

export type FileFaultCode = keyof typeof FILE_FAULTS;

/** A file that cannot be read as a list. `message`: what is wrong and what to do (bokmål), with no cell of the file in it. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly code: FileFaultCode;

  constructor(code: FileFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
