/** Names of files for people. */
import { text } from '../text.js';

/**
 * Returns a function from the id of a file to the text to show: its name, with the end of the id if
 * another of these files has the same name; the id if no name is known. The files of one iTwin have
 * ids with the same beginning.
 *
 * @param files `{id, name}`
 */
export function fileNames(files) {
  const count = new Map();
  files.forEach(({ name }) => count.set(name, (count.get(name) ?? 0) + 1));
  const texts = new Map(
    files
      .filter(({ name }) => name)
      .map(({ id, name }) => [id, count.get(name) > 1 ? text.file.distinguished(name, id.slice(-8)) : name]));
  return id => texts.get(id) ?? id;
}

/** Returns what `fileNames` needs to know of the source files of a connection. */
export function ofSourceFiles(sourceFiles) {
  return sourceFiles.map(({ storageFileId, lastKnownFileName }) => ({ id: storageFileId, name: lastKnownFileName }));
}
