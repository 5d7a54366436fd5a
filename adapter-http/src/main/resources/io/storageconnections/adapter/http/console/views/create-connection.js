/** The dialog that creates a connection. */
import { send } from '../api.js';
import { html } from '../html.js';
import { announce, Field, FormDialog } from '../parts/controls.js';
import { useDraft } from '../parts/draft.js';
import { connectionPlace, goFromHere } from '../router.js';
import { requests } from '../service.js';
import { text } from '../text.js';
import { ChooseFiles, placesOf, sourceFiles } from './choose-files.js';

export function CreateConnection({ iModelId, iTwinId, onClose }) {
  const [input, setInput, forgetInput] = useDraft(`input for ${iModelId}`, { displayName: '', authenticationType: 'User' });
  const [chosen, setChosen, forgetChosen] = useDraft(`files for ${iModelId}`, []);
  const forget = () => {
    forgetInput();
    forgetChosen();
  };
  const close = () => {
    forget();
    onClose();
  };
  const request = requests.createConnection({
    ...(input.displayName.trim() ? { displayName: input.displayName } : {}),
    iModelId,
    authenticationType: input.authenticationType,
    sourceFiles: sourceFiles(chosen),
  });
  const create = async () => {
    const goNow = goFromHere();
    const { body } = await send(request);
    forget();
    announce(text.connection.created);
    goNow(connectionPlace(body.connection.id));
  };
  return html`
    <${FormDialog}
      title=${text.connection.createTitle}
      submit=${text.connection.create}
      request=${request}
      act=${create}
      onClose=${close}
      besides=${['/displayName', ...placesOf(chosen)]}
      wide
    >${error => html`
      <${ConnectionFields} input=${input} onChange=${setInput} error=${error} hints=${{ displayName: text.connection.optional }} />
      <${ChooseFiles} chosen=${chosen} onChange=${setChosen} iTwinId=${iTwinId} error=${error} />`}
    </${FormDialog}>`;
}

/** The members of a connection that can be changed. @param hints a text for each of them, or nothing */
export function ConnectionFields({ input, onChange, error, hints }) {
  const type = value => html`
    <label class="choice">
      <input type="radio" name="authenticationType" value=${value} checked=${input.authenticationType === value}
        onChange=${() => onChange({ ...input, authenticationType: value })} />
      ${text.connection[value.toLowerCase()]}
    </label>`;
  return html`
    <${Field} label=${text.connection.displayName} hint=${hints.displayName} refusals=${error?.at?.('/displayName')}>
      ${attributes => html`
        <input ...${attributes} value=${input.displayName}
          onInput=${event => onChange({ ...input, displayName: event.target.value })} />`}
    </${Field}>
    <fieldset>
      <legend>${text.connection.authenticationType}</legend>
      ${type('User')} ${type('Service')}
      ${hints.authenticationType && html`<p class="hint">${hints.authenticationType}</p>`}
    </fieldset>`;
}
