/** The files of a request: chosen from Storage, uploaded or named by id, each with its connector type. */
import { html, useEffect, useRef, useState } from '../html.js';
import { announce, Field, FieldErrors, Pending } from '../parts/controls.js';
import { fileNames } from '../parts/file-names.js';
import { read, storage, typesFor } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';
import { StoragePicker } from './storage-picker.js';

/** Returns the members of the request for chosen files. */
export function sourceFiles(chosen) {
  return chosen.map(({ id, connectorType }) => ({ storageFileId: id, connectorType }));
}

/** Returns the places of the request body whose refusals `ChooseFiles` shows. */
export function placesOf(chosen) {
  return ['/sourceFiles', ...chosen.flatMap((_, index) => placesOfFile(index))];
}

function placesOfFile(index) {
  return ['', '/storageFileId', '/connectorType'].map(member => `/sourceFiles/${index}${member}`);
}

/**
 * @param chosen the files, `{id, name, connectorType}`: without a name while it is looked up, with
 *     null if Storage has none, and with an empty type if the name tells none;
 *     `onChange` gets a function from this list to the changed one
 */
export function ChooseFiles({ chosen, onChange, iTwinId, error }) {
  const types = useLoaded(signal => read.connectorTypes(signal), []);
  const [picking, setPicking] = useState(false);
  const [id, setId] = useState('');
  const names = fileNames(chosen);
  const known = useRef([]);
  known.current = types.value ?? [];
  const typed = file => {
    const [suggestion = ''] = typesFor(file.name, known.current).suggested;
    return { ...file, connectorType: file.connectorType || suggestion };
  };
  // Files may be chosen before the types are known.
  useEffect(() => onChange(before => before.map(typed)), [types.value]);
  const add = files =>
    onChange(before => {
      const ids = new Set(before.map(file => file.id));
      return [...before, ...files.filter(file => !ids.has(file.id)).map(typed)];
    });
  const addId = async () => {
    const added = id.trim();
    if (chosen.some(file => file.id === added)) {
      announce(text.connection.chosenAlready);
    } else if (added) {
      setId('');
      add([{ id: added }]);
      const name = await storage.nameOf(added);
      onChange(before => before.map(file => (file.id === added ? typed({ ...file, name }) : file)));
    }
  };
  const fieldset = useRef();
  const remove = removed => {
    onChange(before => before.filter(file => file.id !== removed.id));
    // The button that has the focus disappears.
    fieldset.current.querySelector('.toolbar button, summary').focus();
  };
  const change = (changed, connectorType) =>
    onChange(before => before.map(file => (file.id === changed.id ? { ...file, connectorType } : file)));
  return html`
    <fieldset ref=${fieldset}>
      <legend>${text.connection.filesChosen}</legend>
      ${chosen.length === 0 && html`<p class="hint">${text.connection.noneChosen}</p>`}
      ${chosen.length === 0 && html`<${FieldErrors} refusals=${error?.at?.('/sourceFiles') ?? []} />`}
      ${types.error && html`<${Pending} loaded=${types} />`}
      <ul class="chosen">
        ${chosen.map((file, index) => html`
          <li key=${file.id}>
            <${ChosenFile}
              file=${file}
              name=${names(file.id)}
              types=${types.value ?? []}
              refusals=${placesOfFile(index).flatMap(place => error?.at?.(place) ?? [])}
              onType=${type => change(file, type)}
              onRemove=${() => remove(file)}
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

function ChosenFile({ file, name, types, refusals, onType, onRemove }) {
  const isSuggested = typesFor(file.name, types).suggested.length > 0;
  const hint =
    !isSuggested && file.name !== undefined && (file.name ? text.connection.typeUnknown : text.connection.nameUnknown);
  return html`
    <${Field} label=${html`<bdi title=${file.id}>${name}</bdi>`} hint=${types.length > 0 && hint} refusals=${refusals}>
      ${attributes => html`
        <div class="inline">
          <${TypeSelect} name=${file.name} value=${file.connectorType} types=${types} onChange=${onType} ...${attributes} />
          <button type="button" class="quiet" aria-label=${text.connection.removeOf(name)} onClick=${onRemove}>
            ${text.connection.remove}
          </button>
        </div>`}
    </${Field}>`;
}

/** A choice of connector types; those that read files with such a name come first. The user must choose one if there is no value. */
export function TypeSelect({ name, value, types, onChange, ...attributes }) {
  const { suggested, others } = typesFor(name, types);
  const options = list => list.map(type => html`<option value=${type} selected=${type === value}>${type}</option>`);
  return html`
    <select ...${attributes} required value=${value} onChange=${event => onChange(event.target.value)}>
      ${value === '' && html`<option value="" selected>${text.connection.chooseType}</option>`}
      ${types.length === 0 && value !== '' && html`<option value=${value}>${value}</option>`}
      ${suggested.length > 0 && html`<optgroup label=${text.connection.suggested}>${options(suggested)}</optgroup>`}
      ${others.length > 0 && html`<optgroup label=${text.connection.others}>${options(others)}</optgroup>`}
    </select>`;
}
