/** Starts the console: the frame around the views, and which view belongs to which place. */
import { reachable } from './api.js';
import { Component, html, render, useEffect, useState } from './html.js';
import { Announcements, Refusal } from './parts/controls.js';
import { connectionPlace, home, iModelOf, iModelPlace, link, place } from './router.js';
import { session } from './session.js';
import { remembered, useObserved } from './state.js';
import { text } from './text.js';
import { ConnectionView } from './views/connection.js';
import { IModelsView } from './views/imodels.js';
import { MappingView } from './views/mapping.js';
import { RunView } from './views/run.js';
import { SignInAgain, SignInPage } from './views/sign-in.js';

const CONNECTION_ID = /^[\w-]{43}$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns the view of a place; the list of iModels for an unknown place. */
function viewOf([kind, id, , run]) {
  if (kind === 'imodels' && GUID.test(id)) {
    return html`<${MappingView} key=${id} iModelId=${id} />`;
  }
  if (kind === 'connections' && CONNECTION_ID.test(id)) {
    return GUID.test(run)
      ? html`<${RunView} key=${run} connectionId=${id} runId=${run} />`
      : html`<${ConnectionView} key=${id} connectionId=${id} />`;
  }
  return html`<${IModelsView} />`;
}

/** Returns the places above a place, from the list of iModels on. */
function above([kind, id, , run]) {
  const places = [[text.iModels.title, home]];
  if (kind === 'connections' && CONNECTION_ID.test(id)) {
    places.push([text.mapping.list, iModelPlace(iModelOf(id))]);
    if (run) {
      places.push([text.mapping.columns.name, connectionPlace(id)]);
    }
  }
  return kind ? places : [];
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
        ? html`<${SignInPage} failure=${failure} />`
        : html`
          <${Breadcrumb} places=${above(here)} />
          <${Boundary} key=${here.join('/')}>${viewOf(here)}</${Boundary}>`}
    </main>
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

/** Moves the focus; the fragment of the URL stays, because it is the place of the page. */
function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}

function Header({ signedIn }) {
  return html`
    <header>
      <a class="brand" href=${link(home)}>${text.title}</a>
      <nav class="tools" aria-label=${text.title}>
        <a href="/docs">${text.documentation}</a>
        <${Theme} />
        ${signedIn && html`
          <span class="user"><bdi>${text.signIn.user(session.name())}</bdi></span>
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

function Breadcrumb({ places }) {
  return places.length > 0 && html`
    <nav aria-label=${text.breadcrumb} class="breadcrumb">
      <ol>${places.map(([name, target]) => html`<li><a href=${link(target)}>${name}</a></li>`)}</ol>
    </nav>`;
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
render(html`<${App} failure=${failure} />`, document.getElementById('console'));
