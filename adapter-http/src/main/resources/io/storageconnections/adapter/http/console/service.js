/** The requests of the views, each in one place, so that a view can show it as curl before it sends it. */
import { all, BLOCK_BLOB, send, upload } from './api.js';
import { configuration } from './configuration.js';
import { text } from './text.js';

const CONNECTIONS = '/synchronization/imodels/storageconnections';
const COMPLETE = { prefer: 'return=representation' };

/** A search for a file by its name reads at most so many folders. */
const FOLDERS_SEARCHED = 200;

/** The platform that has iTwins, iModels and Storage: another server, or this one. */
const platform = configuration.platformUrl ?? undefined;
const V1 = { accept: 'application/vnd.bentley.itwin-platform.v1+json' };
const V2 = { accept: 'application/vnd.bentley.itwin-platform.v2+json' };

/** Returns a path with further segments, which are encoded. */
const below = (path, ...segments) => [path, ...segments.map(encodeURIComponent)].join('/');

export const requests = {
  createITwin: name => ({
    base: platform,
    method: 'POST',
    path: '/itwins',
    headers: V1,
    body: { class: 'Endeavor', subClass: 'Project', displayName: name },
  }),
  createIModel: (iTwinId, name) => ({
    base: platform,
    method: 'POST',
    path: '/imodels',
    headers: V2,
    body: { iTwinId, name },
  }),
  connections: iModelId => ({ path: CONNECTIONS, query: { imodelId: iModelId }, headers: COMPLETE }),
  connectionsWithFile: (iModelId, storageFileId) => ({
    path: CONNECTIONS,
    query: { imodelId: iModelId, storageFileId },
    headers: COMPLETE,
  }),
  /** The two requests of a search by the name of a file. The answer to the first has what the other needs. */
  search: (iTwinId, iModelId) => [
    { base: platform, path: '/storage/', query: { iTwinId }, headers: V1 },
    { path: `${CONNECTIONS}?imodelId=${encodeURIComponent(iModelId)}&storageFileId=$FILE_ID`, headers: COMPLETE },
  ],
  connection: id => ({ path: below(CONNECTIONS, id) }),
  createConnection: body => ({ method: 'POST', path: CONNECTIONS, body }),
  updateConnection: (id, etag, body) => ({
    method: 'PUT',
    path: below(CONNECTIONS, id),
    headers: { 'if-match': etag },
    body,
  }),
  deleteConnection: (id, etag) => ({
    method: 'DELETE',
    path: below(CONNECTIONS, id),
    headers: { 'if-match': etag },
  }),
  file: (id, fileId) => ({ path: below(CONNECTIONS, id, 'sourcefiles', fileId) }),
  files: id => ({ path: below(CONNECTIONS, id, 'sourcefiles'), headers: COMPLETE }),
  addFiles: (id, sourceFiles) => ({
    method: 'POST',
    path: below(CONNECTIONS, id, 'sourcefiles'),
    body: { sourceFiles },
  }),
  changeFile: (id, file, connectorType) => ({
    method: 'PUT',
    path: below(CONNECTIONS, id, 'sourcefiles', file.id),
    headers: { 'if-match': file._etag },
    body: { storageFileId: file.storageFileId, connectorType },
  }),
  removeFile: (id, file) => ({
    method: 'DELETE',
    path: below(CONNECTIONS, id, 'sourcefiles', file.id),
    headers: { 'if-match': file._etag },
  }),
  runs: id => ({ path: below(CONNECTIONS, id, 'runs'), headers: COMPLETE }),
  run: (id, runId) => ({ path: below(CONNECTIONS, id, 'runs', runId) }),
  startRun: id => ({ method: 'POST', path: below(CONNECTIONS, id, 'run') }),
  cancelRun: (id, runId) => ({ method: 'POST', path: below(CONNECTIONS, id, 'runs', runId, 'cancel') }),
  retryRun: (id, runId) => ({ method: 'POST', path: below(CONNECTIONS, id, 'runs', runId, 'retry') }),
  /** The three requests of an upload. The answer to the first has what the others need. */
  upload: (folderId, name) => [
    requests.createFile(folderId, name),
    { method: 'PUT', base: '', path: '$UPLOAD_URL', file: name, headers: platform ? BLOCK_BLOB : {}, isAnonymous: true },
    { ...requests.completeFile(''), path: '/storage/files/$FILE_ID/complete' },
  ],
  createFile: (folderId, name) => ({
    base: platform,
    method: 'POST',
    path: below('/storage/folders', folderId, 'files'),
    headers: V1,
    body: { displayName: name },
  }),
  completeFile: id => ({ base: platform, method: 'POST', path: below('/storage/files', id, 'complete'), headers: V1 }),
};

/** Reads lists and single objects. Each function takes an AbortSignal last. */
export const read = {
  iTwins: (signal, show) => all({ base: platform, path: '/itwins', headers: V1 }, 'iTwins', signal, show),
  iModels: (iTwinId, signal, show) =>
    all({ base: platform, path: '/imodels', headers: V2, query: { iTwinId } }, 'iModels', signal, show),
  iModel: async (id, signal) =>
    (await send({ base: platform, path: below('/imodels', id), headers: V2 }, signal)).body.iModel,
  connectorTypes: async signal =>
    (await send({ path: '/synchronization/connectortypes' }, signal)).body.connectorTypes,
  connections: (iModelId, signal, show) => all(requests.connections(iModelId), 'connections', signal, show),
  connectionsWithFile: (iModelId, storageFileId, signal) =>
    all(requests.connectionsWithFile(iModelId, storageFileId), 'connections', signal),
  async connection(id, signal) {
    const { body, headers } = await send(requests.connection(id), signal);
    return { ...body.connection, _etag: headers.get('etag') };
  },
  async file(id, fileId, signal) {
    const { body, headers } = await send(requests.file(id, fileId), signal);
    return { ...body.sourceFile, _etag: headers.get('etag') };
  },
  files: (id, signal, show) => all(requests.files(id), 'sourceFiles', signal, show),
  async firstFiles(id, count, signal) {
    const { body } = await send({ ...requests.files(id), query: { $top: count } }, signal);
    return { files: body.sourceFiles, more: Boolean(body._links?.next) };
  },
  async runs(id, count, signal) {
    const { body } = await send({ ...requests.runs(id), query: { $top: count } }, signal);
    return { runs: body.runs, more: Boolean(body._links?.next) };
  },
  /** Reads a run; waits up to `seconds` for its end. `waited` tells whether the server has waited. */
  async run(id, runId, seconds, signal) {
    const waiting = seconds ? { headers: { prefer: `wait=${seconds}` } } : {};
    const { body, headers } = await send({ ...requests.run(id, runId), ...waiting }, signal);
    return { run: body.run, waited: headers.has('preference-applied') };
  },
  output: async (id, runId, taskId, signal) =>
    (await send({ path: below(CONNECTIONS, id, 'runs', runId, 'tasks', taskId, 'output'), isText: true }, signal)).body,
};

/** Files and folders of an iTwin. */
export const storage = {
  /** Returns the items of a folder, and its id; of the root folder if `folderId` is null. */
  async list(iTwinId, folderId, signal, show) {
    const request = folderId
      ? { base: platform, path: below('/storage/folders', folderId, 'list'), headers: V1 }
      : { base: platform, path: '/storage/', headers: V1, query: { iTwinId } };
    const id = folderId ?? (await this.root(iTwinId, signal));
    return { id, items: await all({ ...request, top: 100 }, 'items', signal, items => show?.({ id, items })) };
  },
  async root(iTwinId, signal) {
    const request = { base: platform, path: '/storage/', headers: V1, query: { iTwinId, $top: 1 } };
    const { body } = await send(request, signal);
    return body._links.folder.href.split('/').pop();
  },
  /** Creates a file with the content of a local one, and returns its id and name. */
  async upload(folderId, file, progress, signal) {
    await requireReadable(file);
    const created = await send(requests.createFile(folderId, file.name), signal);
    const links = created.body._links;
    const id = links.completeUrl.href.split('/').at(-2);
    await upload(links.uploadUrl.href, file, progress, signal);
    await send(requests.completeFile(id), signal);
    return { id, name: file.name };
  },
  /** Returns the name of a file, or null if Storage does not tell it to the user. */
  nameOf: (id, signal) =>
    send({ base: platform, path: below('/storage/files', id), headers: V1 }, signal)
      .then(({ body }) => body.file.displayName, () => null),
  /**
   * Finds files by a part of their names.
   *
   * @returns `{files, isComplete}`: the first `most` files, and whether there are no more
   */
  async find(iTwinId, part, most, signal) {
    const found = [];
    const folders = [null];
    const wanted = part.toLowerCase();
    for (let visited = 0; visited < FOLDERS_SEARCHED && folders.length > 0 && found.length <= most; visited++) {
      const { items } = await this.list(iTwinId, folders.shift(), signal);
      for (const item of items) {
        if (item.type === 'folder') {
          folders.push(item.id);
        } else if (item.displayName.toLowerCase().includes(wanted)) {
          found.push({ id: item.id, name: item.displayName });
        }
      }
    }
    return { files: found.slice(0, most), isComplete: folders.length === 0 && found.length <= most };
  },
};

/** Throws if the browser cannot read a file: it is a folder, or was deleted after it had been chosen. */
async function requireReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Error(text.storage.unreadable);
  }
}

/** Returns the connector types, those that read a file of this name first. */
export function typesFor(name, connectorTypes) {
  const lower = (name ?? '').toLowerCase();
  const matching = connectorTypes
    .map(type => ({
      type: type.connectorType,
      match: type.extensions
        .filter(({ extension }) => lower.endsWith(`.${extension}`))
        .sort((a, b) => b.extension.length - a.extension.length)[0],
    }))
    .filter(({ match }) => match)
    .sort((a, b) => b.match.extension.length - a.match.extension.length || b.match.isDefault - a.match.isDefault);
  const suggested = matching.map(({ type }) => type);
  const others = connectorTypes.map(type => type.connectorType).filter(type => !suggested.includes(type));
  return { suggested, others };
}
