/** The connections of an iModel with their files and last runs. */
import { moment } from '../format.js';
import { html, useEffect, useMemo, useRef, useState } from '../html.js';
import { Breadcrumb } from '../parts/breadcrumb.js';
import { CurlToggle, Pending, Title } from '../parts/controls.js';
import { fileNames, ofSourceFiles } from '../parts/file-names.js';
import { Mark } from '../parts/result.js';
import { VirtualList } from '../parts/virtual-list.js';
import { recent } from '../recent.js';
import { connectionPlace, link, placeOfRun } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded, useMedia } from '../state.js';
import { text } from '../text.js';
import { CreateConnection } from './create-connection.js';
import { WhoHas } from './who-has.js';

/** So many files of a connection are read for its row. */
const FILES_READ = 50;

/** So many of them are named in it. */
const FILES_NAMED = 3;

/** A filter searches the files of so many connections; those of others if the user has seen them. */
const SEARCHED_MAX = 500;

/** So many requests for the details of rows are sent at the same time. */
const PARALLEL = 4;

export function MappingView({ iModelId }) {
  const iModel = useLoaded(signal => read.iModel(iModelId, signal).catch(ifUnknown), [iModelId]);
  const connections = useLoaded((signal, show) => read.connections(iModelId, signal, show), [iModelId]);
  const [dialog, setDialog] = useState(null);
  const name = iModel.value?.displayName ?? iModelId;
  const isKnown = Boolean(iModel.value) || connections.value?.length > 0;
  useEffect(() => {
    if (!iModel.loading && isKnown) {
      recent.add(iModelId, name);
    }
  }, [iModel.loading, isKnown]);
  const iTwinId = iModel.value?.iTwinId ?? connections.value?.[0]?.iTwinId ?? null;
  return html`
    <${Breadcrumb} />
    <${Title} name=${name}><bdi>${name}</bdi></${Title}>
    <p class="hint"><code>${iModelId}</code></p>
    ${iModel.error && html`<${Pending} loaded=${iModel} />`}
    ${!iModel.loading && iModel.value === null && html`<p class="notice warning" role="status">${text.mapping.unknown}</p>`}
    <div class="toolbar">
      <button type="button" class="primary" onClick=${() => setDialog('create')}>${text.mapping.new}</button>
      <button type="button" onClick=${() => setDialog('who')}>${text.mapping.whoHas}</button>
      <span>
        <button type="button" onClick=${connections.reload}>${text.refresh}</button>
        <${CurlToggle} request=${requests.connections(iModelId)} what=${text.refresh} />
      </span>
    </div>
    ${(connections.error || !connections.value) && html`<${Pending} loaded=${connections} />`}
    ${connections.value && html`<${Connections} connections=${connections.value} loading=${connections.loading} />`}
    ${dialog === 'create' && html`
      <${CreateConnection} iModelId=${iModelId} iTwinId=${iTwinId} onClose=${() => setDialog(null)} />`}
    ${dialog === 'who' && html`
      <${WhoHas} iModelId=${iModelId} iTwinId=${iTwinId} onClose=${() => setDialog(null)} />`}`;
}

/** The directory may not know an iModel whose connections can be read all the same. */
function ifUnknown(error) {
  if ([403, 404].includes(error.status)) {
    return null;
  }
  throw error;
}

function Connections({ connections, loading }) {
  const [filter, setFilter] = useState('');
  const { details, want } = useDetails(connections);
  const narrow = useMedia('(max-width: 640px)');
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === ''
      ? connections
      : connections.filter(connection => searched(connection, details.get(connection.id)).includes(wanted));
  }, [connections, filter, details]);
  const isFiltered = filter.trim() !== '';
  const searchable = connections.slice(0, SEARCHED_MAX);
  const searchedCount = isFiltered ? connections.filter(({ id }) => details.has(id)).length : 0;
  useEffect(() => {
    if (isFiltered) {
      want(searchable);
    }
  }, [isFiltered, connections]);
  if (connections.length === 0) {
    return html`<p class="empty">${text.mapping.none}</p>`;
  }
  const { name, files, lastRun } = text.mapping.columns;
  return html`
    <div class="filter">
      <label for="filter">${text.mapping.filter}</label>
      <input id="filter" type="search" placeholder=${text.mapping.filterHint} value=${filter}
        onInput=${event => setFilter(event.target.value)} />
      <span role="status">
        ${isFiltered ? text.mapping.filtered(shown.length, connections.length) : text.mapping.summary(connections.length)}
        ${isFiltered && searchedCount < connections.length && ` ${text.mapping.searching(searchedCount, connections.length)}`}
        ${loading && ` ${text.mapping.loadingMore(connections.length)}`}
      </span>
    </div>
    ${shown.length === 0
      ? html`<p class="empty">${text.mapping.noMatch}</p>`
      : html`
        <${VirtualList}
          label=${text.mapping.list}
          rows=${shown}
          rowHeight=${narrow ? 108 : 60}
          columns=${[name, files, lastRun]}
          keyOf=${connection => connection.id}
          row=${connection => cells(connection, details.get(connection.id))}
          onVisible=${visible => want(isFiltered ? [...visible, ...searchable] : visible)}
        />`}`;
}

function searched(connection, details) {
  const files = details?.files ?? [];
  return [
    connection.displayName ?? '',
    connection.id,
    ...files.flatMap(file => [file.lastKnownFileName ?? '', file.storageFileId, file.connectorType]),
  ].join(' ').toLowerCase();
}

function cells(connection, details) {
  return [
    html`<a class="row-name" href=${link(connectionPlace(connection.id))}>
      <bdi title=${connection.displayName}>${connection.displayName ?? text.connection.unnamed}</bdi>
    </a>`,
    details?.files ? html`<${FilesCell} details=${details} />` : '…',
    lastRunCell(connection, details),
  ];
}

function FilesCell({ details: { files, more } }) {
  const types = [...new Set(files.map(file => file.connectorType))];
  const names = files.slice(0, FILES_NAMED).map(file => file.storageFileId).map(fileNames(ofSourceFiles(files))).join(', ');
  return html`
    <span class="row-files">
      <span class="clipped" title=${names}><bdi>${names}</bdi></span>
      <span class="hint">${text.mapping.files(files.length, more)}
        ${types.map(type => html` <span class="type">${type}</span>`)}</span>
    </span>`;
}

function lastRunCell(connection, details) {
  if (!connection._links.lastRun) {
    return html`<span class="hint">${text.mapping.noRun}</span>`;
  }
  if (!details?.run) {
    return '…';
  }
  return html`
    <span class="row-files">
      <a href=${link(placeOfRun(connection._links.lastRun.href))}><${Mark} of=${details.run} /></a>
      <span class="hint">${moment(details.run.startDateTime)}</span>
    </span>`;
}

/** Reads the files and the last runs of rows, a few at a time: at first of those that are wanted first. */
function useDetails(connections) {
  const [details, setDetails] = useState(new Map());
  const queue = useRef({ wanted: [], busy: 0, known: new Set(), aborter: null });
  useEffect(() => {
    const aborter = new AbortController();
    queue.current = { wanted: [], busy: 0, known: new Set(), aborter };
    return () => aborter.abort();
  }, [connections]);
  const next = () => {
    const state = queue.current;
    while (state.busy < PARALLEL && state.wanted.length > 0) {
      const connection = state.wanted.shift();
      state.busy++;
      state.known.add(connection.id);
      readDetails(connection, state.aborter.signal)
        .then(found => setDetails(before => new Map(before).set(connection.id, found)))
        // The row keeps its dots until it is visible again; the page of the connection tells why.
        .catch(() => state.known.delete(connection.id))
        .finally(() => {
          state.busy--;
          next();
        });
    }
  };
  const want = visible => {
    const state = queue.current;
    state.wanted = [...new Set(visible)].filter(connection => !state.known.has(connection.id));
    next();
  };
  return { details, want };
}

async function readDetails(connection, signal) {
  const lastRun = connection._links.lastRun && placeOfRun(connection._links.lastRun.href).at(-1);
  const [files, run] = await Promise.all([
    read.firstFiles(connection.id, FILES_READ, signal),
    lastRun ? read.run(connection.id, lastRun, 0, signal) : null,
  ]);
  return { ...files, run: run?.run };
}
