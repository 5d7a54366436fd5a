/** One connection: its members, its source files and its runs. */
import { send } from '../api.js';
import { html, useState } from '../html.js';
import { announce, CopyButton, Field, FormDialog, Pending, Title } from '../parts/controls.js';
import { VirtualList } from '../parts/virtual-list.js';
import { go, iModelOf, iModelPlace } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded, useMedia } from '../state.js';
import { text } from '../text.js';
import { ChooseFiles, placesOf, sourceFiles, TypeSelect } from './choose-files.js';
import { ConnectionFields } from './create-connection.js';
import { Runs } from './runs.js';

const ROW_HEIGHT = 52;

export function ConnectionView({ connectionId }) {
  const connection = useLoaded(signal => read.connection(connectionId, signal), [connectionId]);
  if (!connection.value) {
    return html`<${Title} name=${text.connection.unnamed} /><${Pending} loaded=${connection} />`;
  }
  const name = connection.value.displayName ?? text.connection.unnamed;
  return html`
    <${Title} name=${name}><bdi>${name}</bdi></${Title}>
    ${connection.error && html`<${Pending} loaded=${connection} />`}
    <${Members} connection=${connection.value} reload=${connection.reload} />
    <${Runs} connectionId=${connectionId} />
    <${SourceFiles} connection=${connection.value} />`;
}

function Members({ connection, reload }) {
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const { authenticationType, id } = connection;
  return html`
    <dl class="facts">
      <div><dt>${text.connection.authenticationType}</dt><dd>${text.connection[authenticationType.toLowerCase()]}</dd></div>
      <div><dt>${text.connection.id}</dt><dd><code class="long">${id}</code> <${CopyButton} value=${id} label=${text.connection.copyId} /></dd></div>
    </dl>
    <div class="toolbar">
      <button type="button" onClick=${() => setDialog('edit')}>${text.connection.rename}</button>
      <button type="button" class="danger" onClick=${() => setDialog('delete')}>${text.connection.delete}</button>
    </div>
    ${dialog === 'edit' && html`<${Edit} connection=${connection} onClose=${close} reload=${reload} />`}
    ${dialog === 'delete' && html`<${Delete} connection=${connection} onClose=${close} reload=${reload} />`}`;
}

function Edit({ connection, onClose, reload }) {
  const [input, setInput] = useState({
    displayName: connection.displayName ?? '',
    authenticationType: connection.authenticationType,
  });
  const [version] = useState(connection._etag);
  const request = requests.updateConnection(connection.id, connection._etag, input);
  const hint =
    version === connection._etag ? '' : text.connection.savedNow(connection.displayName ?? text.connection.unnamed);
  const save = async () => {
    await send(request);
    announce(text.connection.saved);
    onClose();
    reload();
  };
  return html`
    <${FormDialog}
      title=${text.connection.editTitle}
      submit=${text.connection.save}
      request=${request}
      act=${save}
      onClose=${onClose}
      onReload=${reload}
      besides=${['/displayName']}
    >${error => html`<${ConnectionFields} input=${input} onChange=${setInput} error=${error} hint=${hint} />`}
    </${FormDialog}>`;
}

function Delete({ connection, onClose, reload }) {
  const request = requests.deleteConnection(connection.id, connection._etag);
  const remove = async () => {
    await send(request);
    announce(text.connection.deleted);
    go(iModelPlace(iModelOf(connection.id)));
  };
  return html`
    <${FormDialog}
      title=${text.connection.deleteTitle}
      submit=${text.connection.delete}
      kind="danger"
      request=${request}
      act=${remove}
      onClose=${onClose}
      onReload=${reload}
    >${() => html`<p>${text.connection.deleteWarning}</p>`}
    </${FormDialog}>`;
}

function SourceFiles({ connection }) {
  const files = useLoaded((signal, show) => read.files(connection.id, signal, show), [connection.id]);
  const types = useLoaded(signal => read.connectorTypes(signal), []);
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const narrow = useMedia('(max-width: 640px)');
  const changed = message => {
    announce(message);
    close();
    files.reload();
  };
  const nameOf = file => file.lastKnownFileName ?? file.storageFileId;
  const row = file => [
    html`<span class="clipped"><bdi>${nameOf(file)}</bdi></span>`,
    html`<button type="button" class="quiet" aria-label="${text.connection.typeOf(nameOf(file))}: ${file.connectorType}"
      onClick=${() => setDialog({ type: file })}>${file.connectorType}</button>`,
    html`<button type="button" class="quiet" aria-label=${text.connection.removeOf(nameOf(file))}
      onClick=${() => setDialog({ remove: file })}>${text.connection.remove}</button>`,
  ];
  return html`
    <section aria-labelledby="files">
      <div class="head">
        <h2 id="files">${text.connection.files}</h2>
        <button type="button" onClick=${() => setDialog({ add: true })}>${text.connection.addFiles}</button>
      </div>
      ${!files.value || files.error ? html`<${Pending} loaded=${files} />` : null}
      ${files.value?.length === 0 && html`<p class="empty">${text.connection.noFiles}</p>`}
      ${files.value?.length > 0 && html`
        <${VirtualList}
          label=${text.connection.files}
          rows=${files.value}
          rowHeight=${narrow ? 2 * ROW_HEIGHT : ROW_HEIGHT}
          columns=${[text.connection.file, text.connection.type, text.connection.actions]}
          keyOf=${file => file.id}
          row=${row}
        />`}
      ${dialog?.add && html`<${AddFiles} connection=${connection} onClose=${close} onDone=${changed} />`}
      ${dialog?.type && html`
        <${ChangeType} connectionId=${connection.id} file=${dialog.type} types=${types.value ?? []}
          onClose=${close} onDone=${changed} files=${files} onReloaded=${file => setDialog({ type: file })} />`}
      ${dialog?.remove && html`
        <${RemoveFile} connectionId=${connection.id} file=${dialog.remove} onClose=${close} onDone=${changed}
          onReloaded=${file => setDialog({ remove: file })} />`}
    </section>`;
}

function AddFiles({ connection, onClose, onDone }) {
  const [chosen, setChosen] = useState([]);
  const request = requests.addFiles(connection.id, sourceFiles(chosen));
  const add = async () => {
    await send(request);
    onDone(text.connection.added(chosen.length));
  };
  return html`
    <${FormDialog}
      title=${text.connection.addTitle}
      submit=${text.connection.add}
      request=${request}
      act=${add}
      onClose=${onClose}
      besides=${placesOf(chosen)}
      valid=${chosen.length > 0}
      wide
    >${error => html`
      <${ChooseFiles} chosen=${chosen} onChange=${setChosen} iTwinId=${connection.iTwinId} error=${error} />`}
    </${FormDialog}>`;
}

/** Reads the present version of a source file, after another client has changed it. */
async function current(connectionId, file) {
  const files = await read.files(connectionId);
  return files.find(({ id }) => id === file.id) ?? file;
}

function ChangeType({ connectionId, file, types, onClose, onDone, onReloaded }) {
  const [type, setType] = useState(file.connectorType);
  const request = requests.changeFile(connectionId, file, type);
  const change = async () => {
    await send(request);
    onDone(text.connection.typeChanged);
  };
  const name = file.lastKnownFileName ?? file.storageFileId;
  return html`
    <${FormDialog}
      title=${text.connection.type}
      submit=${text.connection.save}
      request=${request}
      act=${change}
      onClose=${onClose}
      onReload=${async () => onReloaded(await current(connectionId, file))}
      besides=${['/connectorType']}
    >${error => html`
      <${Field} label=${html`<bdi>${text.connection.typeOf(name)}</bdi>`} refusals=${error?.at?.('/connectorType')}>
        ${attributes => html`
          <${TypeSelect} ...${attributes} name=${file.lastKnownFileName} value=${type} types=${types} onChange=${setType} />`}
      </${Field}>`}
    </${FormDialog}>`;
}

function RemoveFile({ connectionId, file, onClose, onDone, onReloaded }) {
  const request = requests.removeFile(connectionId, file);
  const remove = async () => {
    await send(request);
    onDone(text.connection.removed);
  };
  return html`
    <${FormDialog}
      title=${text.connection.remove}
      submit=${text.connection.remove}
      kind="danger"
      request=${request}
      act=${remove}
      onClose=${onClose}
      onReload=${async () => onReloaded(await current(connectionId, file))}
    >${() => html`<p><bdi>${text.connection.removeOf(file.lastKnownFileName ?? file.storageFileId)}</bdi></p>`}
    </${FormDialog}>`;
}
