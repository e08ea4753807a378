import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { VigoRow } from '../../core/vigo/otFile.ts';
import type { VigoFile, VigoFileRow, VigoRecords } from '../vigoPort.ts';

type Row = VigoFileRow & { state: 'waiting' | 'accepted' | 'refused'; code: string | null };

/** Reports to VIGO in memory. */
export function memoryVigo(): VigoRecords {
  const files: { org: OrgId; file: VigoFile; rows: Row[]; published: boolean }[] = [];
  const receipts = new Set<string>();
  const of = (org: OrgId) => files.filter((each) => each.org === org);
  const oldestFirst = (org: OrgId) =>
    of(org).toSorted(({ file: a }, { file: b }) => (`${a.made} ${a.id}` < `${b.made} ${b.id}` ? -1 : 1));
  const plain = ({ state: _state, code: _code, ...row }: Row): VigoFileRow => row;
  return {
    async addVigoFile(org, file, rows, after) {
      if (of(org).length !== after) return false;
      files.push({
        org,
        file,
        published: false,
        rows: rows
          .map((row): Row => ({ ...row, state: 'waiting', code: null }))
          .sort((a, b) => a.rad - b.rad),
      });
      return true;
    },
    async lastReported(org) {
      const last = new Map<PersonRef, VigoRow>();
      for (const { rows } of oldestFirst(org)) {
        for (const { ref, state, code: _code, ...row } of rows) {
          if (state === 'refused') last.delete(ref);
          else last.set(ref, row);
        }
      }
      return { files: of(org).length, last };
    },
    vigoFiles: async (org, limit) =>
      oldestFirst(org)
        .reverse()
        .slice(0, limit)
        .map(({ file: { hash: _hash, ...file }, rows }) => ({
          ...file,
          rows: rows.length,
          accepted: rows.filter(({ state }) => state === 'accepted').length,
          refused: rows.filter(({ state }) => state === 'refused').length,
          waiting: rows.filter(({ state }) => state === 'waiting').length,
        })),
    async vigoFile(org, id) {
      const found = of(org).find(({ file }) => file.id === id);
      return found && { hash: found.file.hash, rows: found.rows.map(plain) };
    },
    async openVigoRows(org, waitingSince, limit) {
      const all = oldestFirst(org).flatMap(({ file, rows }) =>
        rows.map((row) => ({ ...row, file: file.id, made: file.made })),
      );
      const newest = new Map(all.map((row) => [row.ref, row]));
      return all
        .filter((row) => newest.get(row.ref) === row)
        .flatMap(({ state, ...row }) =>
          state === 'refused' || (state === 'waiting' && row.made < waitingSince) ? [{ ...row, state }] : [],
        )
        .slice(0, limit);
    },
    async answerVigo(org, { hash, answers }) {
      const name = `${org}/${hash.toString('hex')}`;
      if (receipts.has(name)) return 'known';
      const rows = answers.map(({ file, rad }) =>
        of(org)
          .find((each) => each.file.id === file)
          ?.rows.find((row) => row.rad === rad),
      );
      if (rows.includes(undefined) || new Set(rows).size < rows.length) return 'unknown';
      for (const [index, row] of rows.entries()) {
        const answer = answers[index];
        if (row === undefined || answer === undefined) continue;
        row.state = answer.accepted ? 'accepted' : 'refused';
        row.code = answer.code;
      }
      receipts.add(name);
      return 'stored';
    },
    async withdrawVigo(org, id, _at, code) {
      const open = of(org)
        .find(({ file }) => file.id === id)
        ?.rows.filter(({ state }) => state === 'waiting');
      for (const row of open ?? []) Object.assign(row, { state: 'refused', code });
      return open?.length;
    },
    async unpublishedVigo(org) {
      const found = oldestFirst(org).find(({ published }) => !published);
      return found && { id: found.file.id, made: found.file.made, rows: found.rows.map(plain) };
    },
    async publishedVigo(org, id) {
      for (const each of of(org)) if (each.file.id === id) each.published = true;
    },
  };
}
