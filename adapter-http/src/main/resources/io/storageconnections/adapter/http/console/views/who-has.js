/** Which connection has a file: by the file's id, or by a part of its name. */
import { html, useState } from '../html.js';
import { isCompoundId } from '../ids.js';
import { CurlToggle, Dialog, Field, Pending } from '../parts/controls.js';
import { fileNames } from '../parts/file-names.js';
import { connectionPlace, link } from '../router.js';
import { read, requests, storage } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';

const FILES_SHOWN = 20;

export function WhoHas({ iModelId, iTwinId, onClose }) {
  const [query, setQuery] = useState('');
  const [searched, setSearched] = useState(null);
  const search = event => {
    event.preventDefault();
    const wanted = query.trim();
    setSearched(wanted && { query: wanted });
  };
  return html`
    <${Dialog} title=${text.whoHas.title} onClose=${onClose}>
      <form onSubmit=${search}>
        <${Field} label=${text.whoHas.query} hint=${text.whoHas.hint}>
          ${attributes => html`
            <input ...${attributes} value=${query} required onInput=${event => setQuery(event.target.value)} />`}
        </${Field}>
        <button type="submit" class="primary">${text.whoHas.search}</button>
        ${isCompoundId(query.trim())
          ? html`<${CurlToggle} request=${requests.connectionsWithFile(iModelId, query.trim())} what=${text.whoHas.search} />`
          : iTwinId && html`
            <${CurlToggle} request=${requests.search(iTwinId, iModelId)} what=${text.whoHas.search} hint=${text.whoHas.variables} />`}
      </form>
      <div role="status">
        ${searched && html`<${Found} search=${searched} iModelId=${iModelId} iTwinId=${iTwinId} onClose=${onClose} />`}
      </div>
    </${Dialog}>`;
}

/** The answer to a search. Another search ends the one before it. */
function Found({ search, iModelId, iTwinId, onClose }) {
  const found = useLoaded(signal => holders(iModelId, iTwinId, search.query, signal), [search]);
  if (found.loading || found.error) {
    return html`<${Pending} loaded=${found} />`;
  }
  const { files, isComplete } = found.value;
  const nameOf = fileNames(files);
  return html`
    ${files.length === 0 && html`<p>${iTwinId ? text.whoHas.noFile : text.whoHas.noStorage}</p>`}
    <ul class="holders">
      ${files.map(({ id, connections }) => html`
        <li key=${id} title=${id}>
          ${connections.length === 0
            ? html`<bdi>${text.whoHas.free(nameOf(id))}</bdi>`
            : html`<bdi>${text.whoHas.has(nameOf(id))}</bdi> ${connections.map(connection => html`
              <a href=${link(connectionPlace(connection.id))} onClick=${onClose}>
                <bdi>${connection.displayName ?? text.connection.unnamed}</bdi></a> `)}`}
        </li>`)}
    </ul>
    ${!isComplete && html`<p>${text.whoHas.incomplete(files.length)}</p>`}`;
}

/** Returns the files that the query means, each with the connections that have it, and whether they are all. */
async function holders(iModelId, iTwinId, query, signal) {
  const { files, isComplete } = await filesOf(iTwinId, query, signal);
  const found = files.map(async file => ({
    ...file,
    connections: await read.connectionsWithFile(iModelId, file.id, signal),
  }));
  return { files: await Promise.all(found), isComplete };
}

async function filesOf(iTwinId, query, signal) {
  if (isCompoundId(query)) {
    return { files: [{ id: query, name: await storage.nameOf(query, signal) }], isComplete: true };
  }
  return iTwinId ? storage.find(iTwinId, query, FILES_SHOWN, signal) : { files: [], isComplete: true };
}
