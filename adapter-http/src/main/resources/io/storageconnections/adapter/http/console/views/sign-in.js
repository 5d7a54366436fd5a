/** Sign in: at the development issuer with one click, at an issuer, or with a token. */
import { configuration } from '../configuration.js';
import { html, useState } from '../html.js';
import { Dialog, Field, Refusal, Title } from '../parts/controls.js';
import { session } from '../session.js';
import { remembered, useObserved } from '../state.js';
import { text } from '../text.js';

const DEFAULT_NAME = 'me';

/** @param failure why the sign-in at the issuer failed; null if it did not */
export function SignInPage({ failure }) {
  return html`
    <div class="narrow">
      <${Title} name=${text.signIn.title} />
      <${Ways} failure=${failure} />
    </div>`;
}

/** The same over a view whose requests wait for a token. */
export function SignInAgain() {
  return html`
    <${Dialog} title=${text.signIn.title} onClose=${session.signOut} closing=${text.signIn.out} keepsInput>
      <p>${session.isAccepted() ? text.signIn.expired : text.signIn.notAccepted} ${text.signIn.continues}
        ${configuration.clientId && text.signIn.leaving}</p>
      <${Ways} />
    </${Dialog}>`;
}

function Ways({ failure }) {
  const refusal = useObserved(session.refusal);
  const [error, setError] = useState(explained(failure));
  const attempt = act => async event => {
    event.preventDefault();
    setError(null);
    try {
      await act();
    } catch (reason) {
      setError(explained(reason));
    }
  };
  return html`
    ${refusal && html`<p class="notice error">${text.signIn.refused(refusal)}</p>`}
    ${error && html`<${Refusal} error=${new Error(text.signIn.failed(error.message))} />`}
    ${configuration.developmentIssuer && html`<${Development} attempt=${attempt} />`}
    ${configuration.issuer && html`<${Issuer} attempt=${attempt} />`}
    <${Paste} open=${!configuration.developmentIssuer && !configuration.clientId} attempt=${attempt} />`;
}

/** Returns the failure with words for the user. */
function explained(failure) {
  return text.signIn.failures[failure?.message] ? new Error(text.signIn.failures[failure.message]) : failure;
}

function Development({ attempt }) {
  const [name, setName] = useState(remembered.read('name', DEFAULT_NAME));
  const signIn = () => {
    remembered.write('name', name);
    return session.signInForDevelopment(name);
  };
  return html`
    <form class="card" onSubmit=${attempt(signIn)}>
      <${Field} label=${text.signIn.name} hint=${text.signIn.development}>
        ${attributes => html`
          <input ...${attributes} value=${name} maxlength="255" required autocomplete="username"
            onInput=${event => setName(event.target.value)} />`}
      </${Field}>
      <button type="submit" class="primary">${text.signIn.asDevelopment(name)}</button>
    </form>`;
}

function Issuer({ attempt }) {
  if (!configuration.clientId) {
    return html`<p class="notice">${text.signIn.noClient}</p>`;
  }
  return html`
    <form class="card" onSubmit=${attempt(session.beginAtIssuer)}>
      <p>${text.signIn.atIssuerHint(configuration.issuer)}</p>
      <button type="submit" class="primary">${text.signIn.atIssuer}</button>
    </form>`;
}

function Paste({ open, attempt }) {
  const [token, setToken] = useState('');
  return html`
    <details class="card" open=${open}>
      <summary>${text.signIn.paste}</summary>
      <form onSubmit=${attempt(async () => session.paste(token))}>
        <${Field} label=${text.signIn.token} hint=${text.signIn.tokenHint}>
          ${attributes => html`
            <textarea ...${attributes} rows="4" required spellcheck=${false} autocomplete="off" value=${token}
              onInput=${event => setToken(event.target.value)}></textarea>`}
        </${Field}>
        <button type="submit">${text.signIn.useToken}</button>
      </form>
    </details>`;
}
