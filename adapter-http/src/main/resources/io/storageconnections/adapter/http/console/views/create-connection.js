/** The dialog that creates a connection. */
import { send } from '../api.js';
import { html, useState } from '../html.js';
import { Field, FormDialog } from '../parts/controls.js';
import { requests } from '../service.js';
import { text } from '../text.js';
import { ChooseFiles, placesOf, sourceFiles } from './choose-files.js';

export function CreateConnection({ iModelId, iTwinId, onClose, onCreated }) {
  const [input, setInput] = useState({ displayName: '', authenticationType: 'User' });
  const [chosen, setChosen] = useState([]);
  const request = requests.createConnection({
    ...(input.displayName.trim() ? { displayName: input.displayName } : {}),
    iModelId,
    authenticationType: input.authenticationType,
    sourceFiles: sourceFiles(chosen),
  });
  return html`
    <${FormDialog}
      title=${text.connection.createTitle}
      submit=${text.connection.create}
      request=${request}
      act=${async () => onCreated((await send(request)).body.connection)}
      onClose=${onClose}
      besides=${['/displayName', ...placesOf(chosen)]}
      wide
    >${error => html`
      <${ConnectionFields} input=${input} onChange=${setInput} error=${error} />
      <${ChooseFiles} chosen=${chosen} onChange=${setChosen} iTwinId=${iTwinId} error=${error} />`}
    </${FormDialog}>`;
}

/** The members of a connection that can be changed. @param hint concerns the name */
export function ConnectionFields({ input, onChange, error, hint }) {
  const type = value => html`
    <label class="choice">
      <input type="radio" name="authenticationType" value=${value} checked=${input.authenticationType === value}
        onChange=${() => onChange({ ...input, authenticationType: value })} />
      ${text.connection[value.toLowerCase()]}
    </label>`;
  return html`
    <${Field} label=${text.connection.displayName} hint=${hint} refusals=${error?.at?.('/displayName')}>
      ${attributes => html`
        <input ...${attributes} value=${input.displayName}
          onInput=${event => onChange({ ...input, displayName: event.target.value })} />`}
    </${Field}>
    <fieldset>
      <legend>${text.connection.authenticationType}</legend>
      ${type('User')} ${type('Service')}
    </fieldset>`;
}
