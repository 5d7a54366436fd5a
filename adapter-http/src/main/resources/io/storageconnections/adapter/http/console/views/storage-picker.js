/** Browse the folders of Storage, upload files by drag and drop, and choose files. */
import { html, useRef, useState } from '../html.js';
import { announce, Dialog, Pending, Refusal } from '../parts/controls.js';
import { storage } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';

/** @param onChosen gets the chosen files, `{id, name}` */
export function StoragePicker({ iTwinId, onClose, onChosen }) {
  const [path, setPath] = useState([{ id: null, name: text.storage.root }]);
  const [chosen, setChosen] = useState([]);
  const folder = path.at(-1);
  const [uploads, setUploads] = useState(0);
  const toggle = file =>
    setChosen(before =>
      before.some(({ id }) => id === file.id) ? before.filter(({ id }) => id !== file.id) : [...before, file]);
  const uploaded = file => {
    setChosen(before => [...before, file]);
    setUploads(before => before + 1);
    announce(text.storage.uploadedFile(file.name));
  };
  const choose = () => {
    onChosen(chosen);
    onClose();
  };
  return html`
    <${Dialog} title=${text.storage.title} onClose=${onClose} wide>
      <nav aria-label=${text.storage.path} class="path">
        ${path.map((part, index) => html`
          <button
            type="button"
            class="quiet"
            key=${part.id}
            aria-current=${part === folder ? 'page' : undefined}
            onClick=${() => setPath(path.slice(0, index + 1))}
          ><bdi>${part.name}</bdi></button>`)}
      </nav>
      <${Folder}
        key=${folder.id}
        iTwinId=${iTwinId}
        folderId=${folder.id}
        uploads=${uploads}
        chosen=${chosen}
        onToggle=${toggle}
        onFolder=${item => setPath([...path, { id: item.id, name: item.displayName }])}
        onUploaded=${uploaded}
      />
      <div class="buttons">
        <button type="button" class="primary" disabled=${chosen.length === 0} onClick=${choose}>
          ${text.storage.choose(chosen.length)}
        </button>
        <button type="button" onClick=${onClose}>${text.cancel}</button>
      </div>
    </${Dialog}>`;
}

/** @param uploads the number of uploads so far; the folder is read again after each */
function Folder({ iTwinId, folderId, uploads, chosen, onToggle, onFolder, onUploaded }) {
  const listed = useLoaded((signal, show) => storage.list(iTwinId, folderId, signal, show), [uploads]);
  if (!listed.value || listed.error) {
    return html`
      ${listed.error && html`<p>${text.storage.unavailable}</p>`}
      <${Pending} loaded=${listed} />`;
  }
  return html`
    <${Items} items=${listed.value.items} chosen=${chosen} onToggle=${onToggle} onFolder=${onFolder} />
    <${Uploads} folderId=${listed.value.id} onUploaded=${onUploaded} />`;
}

function Items({ items, chosen, onToggle, onFolder }) {
  if (items.length === 0) {
    return html`<p class="empty">${text.storage.empty}</p>`;
  }
  return html`
    <ul class="items" aria-label=${text.storage.contents}>
      ${items.map(item => html`
        <li key=${item.id}>
          ${item.type === 'folder'
            ? html`
              <button type="button" class="quiet folder" onClick=${() => onFolder(item)}><bdi>${item.displayName}</bdi>/</button>`
            : html`
              <label>
                <input
                  type="checkbox"
                  onKeyDown=${event => event.key === 'Enter' && event.preventDefault()}
                  checked=${chosen.some(({ id }) => id === item.id)}
                  onChange=${() => onToggle({ id: item.id, name: item.displayName })}
                />
                <bdi>${item.displayName}</bdi>
              </label>`}
        </li>`)}
    </ul>`;
}

function Uploads({ folderId, onUploaded }) {
  const [running, setRunning] = useState([]);
  const [error, setError] = useState(null);
  const [over, setOver] = useState(false);
  const input = useRef();
  const progressOf = (file, part) =>
    setRunning(before => before.map(entry => (entry.file === file ? { file, part } : entry)));
  const begin = async files => {
    setError(null);
    for (const file of files) {
      setRunning(before => [...before, { file, part: 0 }]);
      try {
        onUploaded(await storage.upload(folderId, file, part => progressOf(file, part)));
      } catch (failure) {
        setError(failure);
      } finally {
        setRunning(before => before.filter(entry => entry.file !== file));
      }
    }
  };
  const dropped = event => {
    event.preventDefault();
    setOver(false);
    begin([...event.dataTransfer.files]);
  };
  return html`
    <div
      class="drop ${over ? 'over' : ''}"
      onDragOver=${event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave=${() => setOver(false)}
      onDrop=${dropped}
    >
      <span>${text.storage.drop}</span>
      <button type="button" onClick=${() => input.current.click()}>${text.storage.browse}</button>
      <input ref=${input} type="file" multiple hidden onChange=${event => {
        const files = [...event.target.files];
        // So that the same file can be chosen again.
        event.target.value = '';
        begin(files);
      }} />
      ${running.map(({ file, part }) => html`
        <label class="progress" key=${file.name}>
          <bdi>${text.storage.uploading(file.name)}</bdi>
          <progress max="1" value=${part}></progress>
        </label>`)}
      <${Refusal} error=${error} />
    </div>`;
}
