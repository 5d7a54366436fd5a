/** One connection: its members, its source files and its runs. */
import { send } from '../api.js';
import { html, useEffect, useMemo, useRef, useState } from '../html.js';
import { Breadcrumb } from '../parts/breadcrumb.js';
import { announce, CopyButton, Field, FormDialog, Pending, Title } from '../parts/controls.js';
import { useDraft } from '../parts/draft.js';
import { fileNames, ofSourceFiles } from '../parts/file-names.js';
import { VirtualList } from '../parts/virtual-list.js';
import { goFromHere, iModelPlace } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded, useMedia } from '../state.js';
import { text } from '../text.js';
import { ChooseFiles, placesOf, sourceFiles, TypeSelect } from './choose-files.js';
import { ConnectionFields } from './create-connection.js';
import { Runs } from './runs.js';

const ROW_HEIGHT = 52;
const NARROW_ROW_HEIGHT = 120;

export function ConnectionView({ connectionId }) {
  const connection = useLoaded(signal => read.connection(connectionId, signal), [connectionId]);
  if (!connection.value) {
    return html`<${Breadcrumb} /><${Title} name=${text.connection.title} /><${Pending} loaded=${connection} />`;
  }
  const name = connection.value.displayName ?? text.connection.unnamed;
  return html`
    <${Breadcrumb} connection=${connection.value} />
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
      <div><dt>${text.connection.id}</dt><dd><code class="long">${id}</code> <${CopyButton} textOf=${() => id} label=${text.connection.copyId} /></dd></div>
    </dl>
    <div class="toolbar">
      <button type="button" onClick=${() => setDialog('edit')}>${text.connection.edit}</button>
      <button type="button" class="danger" onClick=${() => setDialog('delete')}>${text.connection.delete}</button>
    </div>
    ${dialog === 'edit' && html`<${Edit} connection=${connection} onClose=${close} onChanged=${reload} />`}
    ${dialog === 'delete' && html`<${Delete} connection=${connection} onClose=${close} onChanged=${reload} />`}`;
}

/**
 * The version of an object that a dialog changes. Another client may change the object meanwhile.
 *
 * @param readAgain returns a promise of the present version
 * @param onClose closes the dialog
 * @param onNewer is told of a dialog that is closed with another version than that of the view
 * @returns `{version, isNewer, reload, close}`: the version, whether it is not the one that was
 *     opened, a function that replaces it by the present one, and a function that closes the dialog
 */
function useVersion(opened, readAgain, onClose, onNewer) {
  const [version, setVersion] = useState(opened);
  const isNewer = version !== opened;
  const close = () => {
    onClose();
    if (isNewer) {
      onNewer();
    }
  };
  return { version, isNewer, reload: async () => setVersion(await readAgain()), close };
}

/** Returns the members of a connection that its user can change. */
function membersOf({ displayName, authenticationType }) {
  return { displayName: displayName ?? '', authenticationType };
}

/** Returns the input with the changes of another client to those members that the user has not changed. */
function withChanges(input, before, present) {
  return Object.fromEntries(
    Object.entries(input).map(([member, value]) => [member, value === before[member] ? present[member] : value]));
}

function Edit({ connection: opened, onClose, onChanged }) {
  const [input, setInput] = useState(membersOf(opened));
  const readAgain = async () => {
    const present = await read.connection(opened.id);
    setInput(before => withChanges(before, membersOf(connection), membersOf(present)));
    return present;
  };
  const { version: connection, reload, close } = useVersion(opened, readAgain, onClose, onChanged);
  const request = requests.updateConnection(connection.id, connection._etag, input);
  const changed = member => connection[member] !== opened[member];
  const hints = {
    displayName: changed('displayName') && text.connection.savedNow(connection.displayName ?? text.connection.unnamed),
    authenticationType:
      changed('authenticationType') &&
      text.connection.savedNow(text.connection[connection.authenticationType.toLowerCase()]),
  };
  const save = async () => {
    await send(request);
    announce(text.connection.saved);
    onClose();
    onChanged();
  };
  return html`
    <${FormDialog}
      title=${text.connection.editTitle}
      submit=${text.connection.save}
      request=${request}
      act=${save}
      onClose=${close}
      onReload=${reload}
      besides=${['/displayName']}
    >${error => html`<${ConnectionFields} input=${input} onChange=${setInput} error=${error} hints=${hints} />`}
    </${FormDialog}>`;
}

function Delete({ connection: opened, onClose, onChanged }) {
  const readAgain = () => read.connection(opened.id);
  const { version: connection, isNewer, reload, close } = useVersion(opened, readAgain, onClose, onChanged);
  const request = requests.deleteConnection(connection.id, connection._etag);
  const remove = async () => {
    const goNow = goFromHere();
    await send(request);
    announce(text.connection.deleted);
    goNow(iModelPlace(connection.iModelId));
  };
  return html`
    <${FormDialog}
      title=${text.connection.deleteTitle(opened.displayName ?? text.connection.unnamed)}
      submit=${text.connection.delete}
      kind="danger"
      request=${request}
      act=${remove}
      onClose=${close}
      onReload=${reload}
    >${() => html`
      ${isNewer && html`<p>${text.connection.changedNow(connection.displayName ?? text.connection.unnamed)}</p>`}
      <p>${text.connection.deleteWarning}</p>`}
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
  const heading = useRef();
  const [removals, setRemovals] = useState(0);
  // The button that has had the focus is removed with its row.
  useEffect(() => {
    if (removals > 0) {
      heading.current.focus();
    }
  }, [removals]);
  const removed = message => {
    changed(message);
    setRemovals(removals + 1);
  };
  const names = useMemo(() => fileNames(ofSourceFiles(files.value ?? [])), [files.value]);
  const nameOf = file => names(file.storageFileId);
  const row = file => [
    html`<span class="two-lines" title="${nameOf(file)}, ${file.storageFileId}"><bdi>${nameOf(file)}</bdi></span>`,
    html`<button type="button" class="quiet" aria-label="${text.connection.typeOf(nameOf(file))}: ${file.connectorType}"
      onClick=${() => setDialog({ type: file })}>${file.connectorType}</button>`,
    html`<button type="button" class="quiet" aria-label=${text.connection.removeOf(nameOf(file))}
        onClick=${() => setDialog({ remove: file })}>${text.connection.remove}</button>
      <${CopyButton} textOf=${() => file.storageFileId} label=${text.connection.copyId} name=${text.connection.copyIdOf(nameOf(file))} />`,
  ];
  return html`
    <section aria-labelledby="files">
      <div class="head">
        <h2 id="files" ref=${heading} tabindex="-1">${text.connection.files}</h2>
        <button type="button" onClick=${() => setDialog({ add: true })}>${text.connection.addFiles}</button>
      </div>
      ${!files.value || files.error ? html`<${Pending} loaded=${files} />` : null}
      ${files.value?.length === 0 && html`<p class="empty">${text.connection.noFiles}</p>`}
      ${files.value?.length > 0 && html`
        <${VirtualList}
          label=${text.connection.files}
          kind="source-files"
          rows=${files.value}
          rowHeight=${narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
          columns=${[text.connection.file, text.connection.type, text.connection.actions]}
          keyOf=${file => file.id}
          row=${row}
        />`}
      ${dialog?.add && html`<${AddFiles} connection=${connection} onClose=${close} onDone=${changed} />`}
      ${dialog?.type && html`
        <${ChangeType} connectionId=${connection.id} file=${dialog.type} name=${nameOf(dialog.type)} types=${types}
          onClose=${close} onChanged=${files.reload} onDone=${changed} />`}
      ${dialog?.remove && html`
        <${RemoveFile} connectionId=${connection.id} file=${dialog.remove} name=${nameOf(dialog.remove)}
          onClose=${close} onChanged=${files.reload} onDone=${removed} />`}
    </section>`;
}

function AddFiles({ connection, onClose, onDone }) {
  const [chosen, setChosen, forget] = useDraft(`files of ${connection.id}`, []);
  const close = () => {
    forget();
    onClose();
  };
  const request = requests.addFiles(connection.id, sourceFiles(chosen));
  const add = async () => {
    await send(request);
    forget();
    onDone(text.connection.added(chosen.length));
  };
  return html`
    <${FormDialog}
      title=${text.connection.addTitle}
      submit=${text.connection.add}
      request=${request}
      act=${add}
      onClose=${close}
      besides=${placesOf(chosen)}
      valid=${chosen.length > 0}
      wide
    >${error => html`
      <${ChooseFiles} chosen=${chosen} onChange=${setChosen} iTwinId=${connection.iTwinId} error=${error} />`}
    </${FormDialog}>`;
}

function ChangeType({ connectionId, file: opened, name, types, onClose, onChanged, onDone }) {
  const readAgain = () => read.file(connectionId, opened.id);
  const { version: file, isNewer, reload, close } = useVersion(opened, readAgain, onClose, onChanged);
  const [type, setType] = useState(opened.connectorType);
  const request = requests.changeFile(connectionId, file, type);
  const change = async () => {
    await send(request);
    onDone(text.connection.typeChanged);
  };
  const hint = isNewer && text.connection.savedNow(file.connectorType);
  return html`
    <${FormDialog}
      title=${text.connection.type}
      submit=${text.connection.save}
      request=${request}
      act=${change}
      onClose=${close}
      onReload=${reload}
      besides=${['/connectorType']}
    >${error => html`
      ${types.error && html`<${Pending} loaded=${types} />`}
      <${Field} label=${html`<bdi>${text.connection.typeOf(name)}</bdi>`} hint=${hint} refusals=${error?.at?.('/connectorType')}>
        ${attributes => html`
          <${TypeSelect} ...${attributes} name=${file.lastKnownFileName} value=${type} types=${types.value ?? []} onChange=${setType} />`}
      </${Field}>`}
    </${FormDialog}>`;
}

function RemoveFile({ connectionId, file: opened, name, onClose, onChanged, onDone }) {
  const readAgain = () => read.file(connectionId, opened.id);
  const { version: file, isNewer, reload, close } = useVersion(opened, readAgain, onClose, onChanged);
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
      onClose=${close}
      onReload=${reload}
    >${() => html`
      ${isNewer && html`<p>${text.connection.savedNow(file.connectorType)}</p>`}
      <p><bdi>${text.connection.removeWarning(name)}</bdi></p>`}
    </${FormDialog}>`;
}
