import type { Problem } from '../core/problem.ts';
import type { Shed } from '../kafka/feedSource.ts';
import { LARGEST_RECORD } from '../kafka/unkeptContent.ts';

/** Why a record's content was not kept, and what its sender does about it. */
export function notKept({ why, bytes }: { why: Shed['why']; bytes?: number }): Problem {
  const size = bytes === undefined ? '' : `: den er på ${Math.ceil(bytes / 1024)} KiB`;
  switch (why) {
    case 'TOO_LARGE':
      return {
        code: 'TOO_LARGE',
        field: '',
        text: `Raden er større enn ${LARGEST_RECORD / 1024} KiB${size}.`,
        cure: 'Send én hendelse per rad, uten vedlegg.',
      };
    case 'UNSTORABLE':
      return {
        code: 'UNSTORABLE',
        field: '',
        text: `Databasen kan ikke lagre raden${size}.`,
        cure: 'Send raden på nytt i vanlig tekst, uten vedlegg og lange felt. Meld fra til driften hvis den ser riktig ut.',
      };
  }
}
