/** Browse the folders of Storage, upload files by drag and drop, and choose files. */
import { moment, size } from '../format.js';
import { html, useEffect, useRef, useState } from '../html.js';
import { announce, CurlToggle, Dialog, Pending, Refusal } from '../parts/controls.js';
import { requests, storage } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';

/** @param onChosen gets the chosen files, `{id, name}` */
export function StoragePicker({ iTwinId, onClose, onChosen }) {
  const [path, setPath] = useState([{ id: null, name: text.storage.root }]);
  const [chosen, setChosen] = useState([]);
  const folder = path.at(-1);
  const folders = useRef();
  const browse = useRef();
  const isFirst = useRef(true);
  // The button of a folder disappears when its folder is opened.
  useEffect(() => {
    if (!isFirst.current) {
      folders.current.querySelector('[aria-current]').focus();
    }
    isFirst.current = false;
  }, [folder.id]);
  const toggle = file =>
    setChosen(before =>
      before.some(({ id }) => id === file.id) ? before.filter(({ id }) => id !== file.id) : [...before, file]);
  const uploads = useUploads(file => {
    setChosen(before => [...before, file]);
    announce(text.storage.uploadedFile(file.name));
  });
  const isUploading = uploads.running.length > 0;
  // The button that cancels an upload disappears with it.
  useEffect(() => {
    if (document.activeElement === document.body) {
      browse.current?.focus();
    }
  }, [isUploading]);
  const choose = () => {
    onChosen(chosen);
    onClose();
  };
  return html`
    <${Dialog} title=${text.storage.title} onClose=${onClose} keepsInput=${isUploading} wide>
      <nav aria-label=${text.storage.path} class="path" ref=${folders}>
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
        browse=${browse}
        chosen=${chosen}
        onToggle=${toggle}
        onFolder=${item => setPath([...path, { id: item.id, name: item.displayName }])}
      />
      <${Progress} running=${uploads.running} onCancelled=${() => browse.current?.focus()} />
      <div class="failures">
        ${uploads.failed.map(({ key, name, error }) => html`<${Refusal} key=${key} subject=${name} error=${error} />`)}
      </div>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled=${chosen.length === 0 || isUploading}
          onClick=${choose}
        >${text.storage.choose(chosen.length)}</button>
        <button type="button" onClick=${onClose}>${text.cancel}</button>
      </div>
    </${Dialog}>`;
}

/**
 * Uploads files, one after the other. When the component disappears, it cancels those that are not
 * complete; Storage does not list them.
 *
 * @param onUploaded gets each file, `{id, name}`
 * @returns `{running, failed, begin}`: the uploads `{key, name, part, cancel}`, the refused ones, and
 *     a function of a folder's id and files
 */
function useUploads(onUploaded) {
  const [running, setRunning] = useState([]);
  const [failed, setFailed] = useState([]);
  const { current: own } = useRef({ aborters: new Set(), last: Promise.resolve(), count: 0 });
  useEffect(() => () => own.aborters.forEach(aborter => aborter.abort()), []);
  const isRunning = running.length > 0;
  useEffect(() => {
    if (isRunning) {
      const ask = event => event.preventDefault();
      addEventListener('beforeunload', ask);
      return () => removeEventListener('beforeunload', ask);
    }
  }, [isRunning]);
  const upload = async (folderId, file, key, signal) => {
    const progress = part => setRunning(before => before.map(entry => (entry.key === key ? { ...entry, part } : entry)));
    try {
      signal.throwIfAborted();
      onUploaded(await storage.upload(folderId, file, progress, signal));
    } catch (error) {
      if (!signal.aborted) {
        setFailed(before => [...before, { key, name: file.name, error }]);
      }
    }
  };
  const begin = (folderId, files) => {
    files.forEach(file => {
      const aborter = new AbortController();
      const key = own.count++;
      const end = () => {
        aborter.abort();
        own.aborters.delete(aborter);
        setRunning(before => before.filter(entry => entry.key !== key));
      };
      own.aborters.add(aborter);
      setRunning(before => [...before, { key, name: file.name, part: 0, cancel: end }]);
      own.last = own.last.then(() => upload(folderId, file, key, aborter.signal)).then(end);
    });
  };
  return { running, failed, begin };
}

function Progress({ running, onCancelled }) {
  if (running.length === 0) {
    return null;
  }
  const [{ name, part }, ...waiting] = running;
  const cancel = uploads => {
    uploads.forEach(upload => upload.cancel());
    onCancelled();
  };
  return html`
    <div class="upload">
      <label>
        <bdi>${text.storage.uploading(name)}</bdi>
        <progress max="1" value=${part}></progress>
      </label>
      <button type="button" class="quiet" aria-label=${text.storage.cancelOf(name)} onClick=${() => cancel([running[0]])}>${text.cancel}</button>
    </div>
    ${waiting.length > 0 && html`
      <p>${text.storage.waiting(waiting.length)}
        <button type="button" class="quiet" onClick=${() => cancel(running)}>${text.storage.cancelAll}</button></p>`}`;
}

/** A folder is read again when uploads begin and when all have ended. */
function Folder({ iTwinId, folderId, uploads, browse, chosen, onToggle, onFolder }) {
  const isUploading = uploads.running.length > 0;
  const listed = useLoaded((signal, show) => storage.list(iTwinId, folderId, signal, show), [isUploading]);
  if (!listed.value || listed.error) {
    return html`
      ${listed.error && html`<p>${text.storage.unavailable}</p>`}
      <${Pending} loaded=${listed} />`;
  }
  const { id, items } = listed.value;
  return html`
    <${Items} items=${items} chosen=${chosen} onToggle=${onToggle} onFolder=${onFolder} />
    <${Drop} browse=${browse} onFiles=${files => uploads.begin(id, files)} />
    <p><${CurlToggle}
      request=${requests.upload(id, uploads.running[0]?.name ?? text.storage.someFile)}
      what=${text.storage.upload}
      hint=${text.storage.uploadVariables}
    /></p>`;
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
              <button type="button" class="quiet" onClick=${() => onFolder(item)}><bdi>${item.displayName}</bdi>/</button>`
            : html`<${FileItem}
                item=${item}
                isChosen=${chosen.some(({ id }) => id === item.id)}
                onToggle=${() => onToggle({ id: item.id, name: item.displayName })}
              />`}
        </li>`)}
    </ul>`;
}

/** A file, with facts that distinguish it from others of the same name. */
function FileItem({ item, isChosen, onToggle }) {
  const { size: bytes, lastModifiedDateTime } = item;
  const facts = [bytes >= 0 && size(bytes), lastModifiedDateTime && moment(lastModifiedDateTime)];
  return html`
    <label title=${item.id}>
      <input
        type="checkbox"
        aria-describedby="about-${item.id}"
        onKeyDown=${event => event.key === 'Enter' && event.preventDefault()}
        checked=${isChosen}
        onChange=${onToggle}
      />
      <bdi>${item.displayName}</bdi>
    </label>${' '}
    <span class="hint" id="about-${item.id}">${facts.filter(Boolean).join(', ')}</span>`;
}

/** The place where files of this computer are dropped or chosen. */
function Drop({ browse, onFiles }) {
  const [over, setOver] = useState(false);
  const input = useRef();
  const dropped = event => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
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
      <span>${text.storage.drop}</span>${' '}
      <button type="button" ref=${browse} onClick=${() => input.current.click()}>${text.storage.browse}</button>
      <input ref=${input} type="file" multiple hidden onChange=${event => {
        const files = [...event.target.files];
        // So that the same file can be chosen again.
        event.target.value = '';
        onFiles(files);
      }} />
    </div>`;
}
