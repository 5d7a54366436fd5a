/** The files of a request: chosen from Storage, uploaded or named by id, each with its connector type. */
import { html, useState } from '../html.js';
import { Field } from '../parts/controls.js';
import { read, typesFor } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';
import { StoragePicker } from './storage-picker.js';

/** Returns the members of the request for chosen files. */
export function sourceFiles(chosen) {
  return chosen.map(({ id, connectorType }) => ({ storageFileId: id, connectorType }));
}

/** Returns the places of the request body whose refusals `ChooseFiles` shows. */
export function placesOf(chosen) {
  return chosen.flatMap((_, index) => [
    `/sourceFiles/${index}`,
    `/sourceFiles/${index}/storageFileId`,
    `/sourceFiles/${index}/connectorType`,
  ]);
}

/** @param chosen the files, `{id, name, connectorType}`; `onChange` gets the changed list */
export function ChooseFiles({ chosen, onChange, iTwinId, error }) {
  const types = useLoaded(signal => read.connectorTypes(signal), []);
  const [picking, setPicking] = useState(false);
  const [id, setId] = useState('');
  const add = files => {
    const known = new Set(chosen.map(file => file.id));
    const added = files
      .filter(file => !known.has(file.id))
      .map(file => ({ ...file, connectorType: typesFor(file.name, types.value ?? []).suggested[0] ?? 'MSTN' }));
    onChange([...chosen, ...added]);
  };
  const addId = () => {
    if (id.trim()) {
      add([{ id: id.trim(), name: null }]);
      setId('');
    }
  };
  const change = (index, connectorType) =>
    onChange(chosen.map((file, place) => (place === index ? { ...file, connectorType } : file)));
  return html`
    <fieldset>
      <legend>${text.connection.filesChosen}</legend>
      ${chosen.length === 0 && html`<p class="hint">${text.connection.noneChosen}</p>`}
      <ul class="chosen">
        ${chosen.map((file, index) => html`
          <li key=${file.id}>
            <${ChosenFile}
              file=${file}
              types=${types.value ?? []}
              refusals=${placesOf([file]).flatMap(place => error?.at?.(place.replace('/0', `/${index}`)) ?? [])}
              onType=${type => change(index, type)}
              onRemove=${() => onChange(chosen.filter((_, place) => place !== index))}
            />
          </li>`)}
      </ul>
      <div class="toolbar">
        ${iTwinId && html`<button type="button" onClick=${() => setPicking(true)}>${text.connection.pick}</button>`}
      </div>
      <details open=${!iTwinId}>
        <summary>${text.connection.byId}</summary>
        <div class="inline">
          <${Field} label=${text.connection.byIdHint}>
            ${attributes => html`
              <input ...${attributes} value=${id} onInput=${event => setId(event.target.value)}
                onKeyDown=${event => onEnter(event, addId)} />`}
          </${Field}>
          <button type="button" onClick=${addId}>${text.connection.byIdAdd}</button>
        </div>
      </details>
      ${picking && html`
        <${StoragePicker} iTwinId=${iTwinId} onClose=${() => setPicking(false)} onChosen=${add} />`}
    </fieldset>`;
}

/** Does something else than to submit the form when Enter is pressed. */
function onEnter(event, act) {
  if (event.key === 'Enter') {
    event.preventDefault();
    act();
  }
}

function ChosenFile({ file, types, refusals, onType, onRemove }) {
  const name = file.name ?? file.id;
  return html`
    <${Field} label=${html`<bdi>${name}</bdi>`} refusals=${refusals}>
      ${attributes => html`
        <div class="inline">
          <${TypeSelect} name=${file.name} value=${file.connectorType} types=${types} onChange=${onType} ...${attributes} />
          <button type="button" class="quiet" aria-label=${text.connection.removeOf(name)} onClick=${onRemove}>
            ${text.connection.remove}
          </button>
        </div>`}
    </${Field}>`;
}

/** A choice of connector types; those that read files with such a name come first. */
export function TypeSelect({ name, value, types, onChange, ...attributes }) {
  const { suggested, others } = typesFor(name, types);
  const options = list => list.map(type => html`<option value=${type} selected=${type === value}>${type}</option>`);
  return html`
    <select ...${attributes} value=${value} onChange=${event => onChange(event.target.value)}>
      ${types.length === 0 && html`<option value=${value}>${value}</option>`}
      ${suggested.length > 0 && html`<optgroup label=${text.connection.suggested}>${options(suggested)}</optgroup>`}
      ${others.length > 0 && html`<optgroup label=${text.connection.others}>${options(others)}</optgroup>`}
    </select>`;
}
