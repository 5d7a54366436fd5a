/** Which connection has a file: by the file's id, or by a part of its name. */
import { shortId } from '../format.js';
import { html, useState } from '../html.js';
import { CurlToggle, Dialog, Field, Refusal } from '../parts/controls.js';
import { connectionPlace, link } from '../router.js';
import { read, requests, storage } from '../service.js';
import { text } from '../text.js';

const FILE_ID = /^[\w-]{43}$/;
const FILES_SHOWN = 20;

export function WhoHas({ iModelId, iTwinId, onClose }) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const search = async event => {
    event.preventDefault();
    setError(null);
    setFound(null);
    setBusy(true);
    try {
      setFound(await holders(iModelId, iTwinId, query.trim()));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${text.whoHas.title} onClose=${onClose}>
      <form onSubmit=${search}>
        <${Field} label=${text.whoHas.query} hint=${text.whoHas.hint}>
          ${attributes => html`
            <input ...${attributes} value=${query} required onInput=${event => setQuery(event.target.value)} />`}
        </${Field}>
        <button type="submit" class="primary" disabled=${busy}>${text.whoHas.search}</button>
        ${FILE_ID.test(query.trim()) && html`
          <${CurlToggle} request=${requests.connectionsWithFile(iModelId, query.trim())} what=${text.whoHas.search} />`}
      </form>
      <${Refusal} error=${error} />
      <div role="status">${busy && text.loading} ${found && html`<${Holders} found=${found} onClose=${onClose} />`}</div>
    </${Dialog}>`;
}

/** Returns the files that the query means, each with the connections that have it. */
async function holders(iModelId, iTwinId, query) {
  const files = FILE_ID.test(query)
    ? [{ id: query, name: shortId(query) }]
    : iTwinId
      ? await storage.find(iTwinId, query, FILES_SHOWN)
      : [];
  return Promise.all(
    files.slice(0, FILES_SHOWN + 1).map(async file => ({
      file,
      connections: await read.connectionsWithFile(iModelId, file.id),
    })));
}

function Holders({ found, onClose }) {
  if (found.length === 0) {
    return html`<p>${text.whoHas.noFile}</p>`;
  }
  return html`
    <ul class="holders">
      ${found.slice(0, FILES_SHOWN).map(({ file, connections }) => html`
        <li key=${file.id}>
          ${connections.length === 0
            ? html`<bdi>${text.whoHas.free(file.name)}</bdi>`
            : html`<bdi>${text.whoHas.has(file.name)}</bdi> ${connections.map(connection => html`
              <a href=${link(connectionPlace(connection.id))} onClick=${onClose}>
                <bdi>${connection.displayName ?? text.connection.unnamed}</bdi></a> `)}`}
        </li>`)}
    </ul>
    ${found.length > FILES_SHOWN && html`<p>${text.whoHas.limited}</p>`}`;
}
