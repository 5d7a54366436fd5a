/** Choose an iModel: from the iTwins, by id, or one that was opened before. */
import { send } from '../api.js';
import { html, useState } from '../html.js';
import { isGuid } from '../ids.js';
import { Field, FormDialog, Pending, Title } from '../parts/controls.js';
import { recent } from '../recent.js';
import { go, goFromHere, iModelPlace, link } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';

/** More iTwins are found by the filter only. */
const ITWINS_SHOWN = 200;

export function IModelsView() {
  const iTwins = useLoaded((signal, show) => read.iTwins(signal, show), []);
  const [chosen, setChosen] = useState(null);
  const [creating, setCreating] = useState(false);
  const only = iTwins.value?.length === 1 ? iTwins.value[0] : null;
  const iTwin = iTwins.value?.find(({ id }) => id === chosen) ?? only;
  return html`
    <${Title} name=${text.iModels.title} />
    <div class="columns">
      <section aria-label=${text.iModels.iTwins} class="card">
        <div class="head">
          <h2>${text.iModels.iTwins}</h2>
          <button type="button" onClick=${() => setCreating(true)}>${text.iModels.newITwin}</button>
        </div>
        ${iTwins.error && html`<p>${text.iModels.cannotList}</p>`}
        ${(!iTwins.value || iTwins.error) && html`<${Pending} loaded=${iTwins} />`}
        ${iTwins.value && html`<${ITwinList} iTwins=${iTwins.value} chosen=${iTwin?.id} onChoose=${setChosen} />`}
      </section>
      <section aria-label=${text.iModels.title} class="card">
        ${iTwin ? html`<${IModelList} key=${iTwin.id} iTwin=${iTwin} />` : html`<p>${text.iModels.choose}</p>`}
      </section>
      <section class="card"><${OpenById} /><${Recent} /></section>
    </div>
    ${creating && html`
      <${Create}
        title=${text.iModels.newITwin}
        name=${text.iModels.defaultITwin}
        pointer="/displayName"
        request=${requests.createITwin}
        onClose=${() => setCreating(false)}
        onCreated=${({ iTwin: created }) => {
          setChosen(created.id);
          iTwins.reload();
        }}
      />`}`;
}

function ITwinList({ iTwins, chosen, onChoose }) {
  const [filter, setFilter] = useState('');
  if (iTwins.length === 0) {
    return html`<p>${text.iModels.noITwins}</p>`;
  }
  const wanted = filter.toLowerCase();
  const shown = iTwins.filter(iTwin =>
    `${iTwin.displayName} ${iTwin.number} ${iTwin.id}`.toLowerCase().includes(wanted));
  return html`
    ${iTwins.length > 8 && html`
      <${Field} label=${text.iModels.searchITwins}>
        ${attributes => html`
          <input ...${attributes} type="search" value=${filter} onInput=${event => setFilter(event.target.value)} />`}
      </${Field}>`}
    ${shown.length === 0 && html`<p>${text.iModels.noMatch}</p>`}
    <ul class="choices">
      ${shown.slice(0, ITWINS_SHOWN).map(iTwin => html`
        <li key=${iTwin.id}>
          <button
            type="button"
            aria-pressed=${iTwin.id === chosen ? 'true' : 'false'}
            onClick=${() => onChoose(iTwin.id)}
          ><bdi title=${iTwin.id}>${iTwin.displayName}</bdi></button>
        </li>`)}
    </ul>
    ${shown.length > ITWINS_SHOWN && html`<p class="hint">${text.iModels.limited(ITWINS_SHOWN, shown.length)}</p>`}`;
}

function IModelList({ iTwin }) {
  const iModels = useLoaded((signal, show) => read.iModels(iTwin.id, signal, show), [iTwin.id]);
  const [creating, setCreating] = useState(false);
  return html`
    <div class="head">
      <h2><bdi>${text.iModels.ofITwin(iTwin.displayName)}</bdi></h2>
      <button type="button" onClick=${() => setCreating(true)}>${text.iModels.newIModel}</button>
    </div>
    ${(!iModels.value || iModels.error) && html`<${Pending} loaded=${iModels} />`}
    ${iModels.value?.length === 0 && html`<p>${text.iModels.none}</p>`}
    <ul class="choices">
      ${iModels.value?.map(iModel => html`
        <li key=${iModel.id}>
          <a href=${link(iModelPlace(iModel.id))}><bdi>${iModel.displayName}</bdi></a>
        </li>`)}
    </ul>
    ${creating && html`
      <${Create}
        title=${text.iModels.newIModel}
        name=${text.iModels.defaultIModel}
        pointer="/name"
        request=${name => requests.createIModel(iTwin.id, name)}
        onClose=${() => setCreating(false)}
        onCreated=${({ iModel }, goNow) => goNow(iModelPlace(iModel.id))}
      />`}`;
}

function Create({ title, name: suggestion, pointer, request, onClose, onCreated }) {
  const [name, setName] = useState(suggestion);
  const create = async () => {
    const goNow = goFromHere();
    const { body } = await send(request(name));
    onClose();
    onCreated(body, goNow);
  };
  return html`
    <${FormDialog}
      title=${title}
      submit=${text.iModels.create}
      request=${request(name)}
      act=${create}
      onClose=${onClose}
      besides=${[pointer]}
    >${error => html`
      <${Field} label=${text.iModels.name} refusals=${error?.at?.(pointer)}>
        ${attributes => html`
          <input ...${attributes} value=${name} maxlength="255" required onInput=${event => setName(event.target.value)} />`}
      </${Field}>`}
    </${FormDialog}>`;
}

function OpenById() {
  const [id, setId] = useState('');
  const [invalid, setInvalid] = useState(false);
  const open = event => {
    event.preventDefault();
    const trimmed = id.trim();
    setInvalid(!isGuid(trimmed));
    if (isGuid(trimmed)) {
      go(iModelPlace(trimmed.toLowerCase()));
    }
  };
  return html`
    <h2>${text.iModels.open}</h2>
    <form onSubmit=${open}>
      <${Field}
        label=${text.iModels.id}
        hint=${text.iModels.idHint}
        refusals=${invalid ? [{ message: text.iModels.idInvalid }] : []}
      >
        ${attributes => html`<input ...${attributes} value=${id} required onInput=${event => setId(event.target.value)} />`}
      </${Field}>
      <button type="submit">${text.iModels.openButton}</button>
    </form>`;
}

function Recent() {
  const [entries, setEntries] = useState(recent.list());
  if (entries.length === 0) {
    return null;
  }
  const forget = () => {
    recent.forget();
    setEntries([]);
  };
  return html`
    <h2>${text.iModels.recent}</h2>
    <ul class="choices">
      ${entries.map(({ id, name }) => html`<li key=${id}><a href=${link(iModelPlace(id))}><bdi>${name}</bdi></a></li>`)}
    </ul>
    <button type="button" class="quiet" onClick=${forget}>${text.iModels.forget}</button>`;
}
