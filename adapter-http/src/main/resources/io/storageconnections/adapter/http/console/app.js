/** Starts the console: the frame around the views, and which view belongs to which place. */
import { reachable } from './api.js';
import { configuration } from './configuration.js';
import { Component, html, render, useEffect, useState } from './html.js';
import { isCompoundId, isGuid } from './ids.js';
import { Breadcrumb } from './parts/breadcrumb.js';
import { Announcements, Refusal, Title } from './parts/controls.js';
import { home, link, place } from './router.js';
import { session } from './session.js';
import { remembered, useObserved } from './state.js';
import { text } from './text.js';
import { ConnectionView } from './views/connection.js';
import { IModelsView } from './views/imodels.js';
import { MappingView } from './views/mapping.js';
import { RunView } from './views/run.js';
import { SignInAgain, SignInPage } from './views/sign-in.js';

/** Returns the view of a place. */
function viewOf([kind, id, inner, run, ...more]) {
  if (kind === undefined) {
    return html`<${IModelsView} />`;
  }
  if (kind === 'imodels' && isGuid(id) && !inner) {
    return html`<${MappingView} iModelId=${id} />`;
  }
  if (kind === 'connections' && isCompoundId(id) && !inner) {
    return html`<${ConnectionView} connectionId=${id} />`;
  }
  if (kind === 'connections' && isCompoundId(id) && inner === 'runs' && isGuid(run) && more.length === 0) {
    return html`<${RunView} connectionId=${id} runId=${run} />`;
  }
  return html`<${UnknownPlace} />`;
}

function App({ failure }) {
  const status = useObserved(session.status);
  const here = useObserved(place);
  return html`
    <a class="skip" href="#content" onClick=${skip}>${text.skip}</a>
    <${Header} signedIn=${status !== 'signedOut'} />
    <${Outage} />
    <main id="content" tabindex="-1">
      ${status === 'signedOut'
        ? html`<${SignInPage} failure=${session.signInCount() === 0 ? failure : null} />`
        : html`<${Boundary} key=${[session.signInCount(), ...here].join('/')}>${viewOf(here)}</${Boundary}>`}
    </main>
    <footer>${text.title} ${configuration.version}</footer>
    ${status === 'expired' && html`<${SignInAgain} />`}
    <${Announcements} />`;
}

/** Shows a defect of a view, or an answer that it does not understand, instead of an empty page. */
class Boundary extends Component {
  componentDidCatch(failure) {
    this.setState({ failure });
  }

  render({ children }, { failure }) {
    return failure ? html`<${Refusal} error=${new Error(text.errors.view(failure.message))} />` : children;
  }
}

function UnknownPlace() {
  return html`<${Breadcrumb} /><${Title} name=${text.unknownPlace} /><p>${text.unknownPlaceHint}</p>`;
}

/** Moves the focus; the fragment of the URL stays, because it is the place of the page. */
function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}

function Header({ signedIn }) {
  return html`
    <header>
      <a class="brand" href=${link(home)}>${text.title}</a>
      <nav class="tools" aria-label=${text.tools}>
        <a href="/docs" target="_blank">${text.documentation}</a>
        <${Theme} />
        ${signedIn && html`
          <span><bdi>${text.signIn.user(session.name())}</bdi></span>
          <button type="button" onClick=${session.signOut}>${text.signIn.out}</button>`}
      </nav>
    </header>`;
}

function Theme() {
  const [theme, setTheme] = useState(remembered.read('theme', 'system'));
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    remembered.write('theme', theme);
  }, [theme]);
  return html`
    <label class="theme">${text.theme.label}${' '}
      <select value=${theme} onChange=${event => setTheme(event.target.value)}>
        ${['system', 'light', 'dark'].map(name => html`<option value=${name} selected=${name === theme}>${text.theme[name]}</option>`)}
      </select>
    </label>`;
}

function Outage() {
  return html`<div role="alert">${!useObserved(reachable) && html`<p class="notice warning">${text.unreachable}</p>`}</div>`;
}

let failure = null;
try {
  await session.completeFromIssuer();
} catch (error) {
  failure = error;
}
// A file that is dropped beside its place would replace the page.
['dragover', 'drop'].forEach(type =>
  addEventListener(type, event => event.dataTransfer?.types.includes('Files') && event.preventDefault()));

const element = document.getElementById('console');
element.replaceChildren();
render(html`<${App} failure=${failure} />`, element);
