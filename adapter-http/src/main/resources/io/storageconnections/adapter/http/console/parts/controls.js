/** Buttons, fields, notices and dialogs that all views use. */
import { ApiError, asCurl } from '../api.js';
import { oneDirection } from '../format.js';
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from '../html.js';
import { connectionPlace, isHere, link, placeOfRun } from '../router.js';
import { session } from '../session.js';
import { observable, useObserved } from '../state.js';
import { text } from '../text.js';

const ANNOUNCED_MS = 6000;

const announcement = observable('');
let forgetting = 0;

/** Tells users of screen readers, and shows for some seconds, what has happened. */
export function announce(message) {
  announcement.set('');
  clearTimeout(forgetting);
  setTimeout(() => announcement.set(oneDirection(message)), 50);
  forgetting = setTimeout(() => announcement.set(''), ANNOUNCED_MS);
}

/** The place where announcements appear: the page has one, and each dialog, because the page is inert behind it. */
export function Announcements() {
  const message = useObserved(announcement);
  return html`<div class="announcements" role="status" aria-live="polite">${message && html`<p>${message}</p>`}</div>`;
}

/** A button that copies the text that a function returns. @param name says more than the label, for screen readers */
export function CopyButton({ textOf, label = text.copy, name }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      announce(text.copied);
    } catch {
      // The browser allows it only on https and on this machine.
      announce(text.notCopied);
    }
  };
  return html`<button type="button" class="quiet" aria-label=${name} onClick=${copy}>${label}</button>`;
}

/** Requests as shell commands, one in each line. */
function Curl({ requests, hint }) {
  const commands = requests.map(asCurl).join('\n');
  return html`
    <div class="curl">
      <pre tabindex="0" aria-label=${text.curl.title}><code>${commands}</code></pre>
      <p class="hint">${text.curl.hint} ${hint}</p>
      <p><${CopyButton} textOf=${() => commands} />
        <${CopyButton} textOf=${session.token} label=${text.curl.copyToken} /></p>
    </div>`;
}

/**
 * A button that shows and hides a request, or several that belong together, as shell commands.
 *
 * @param hint explains the variables in the commands, besides that of the token
 */
export function CurlToggle({ request, what, hint }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return html`
    <span class="curl-toggle">
      <button
        type="button"
        class="quiet"
        aria-expanded=${open ? 'true' : 'false'}
        aria-controls=${id}
        aria-label=${text.curl.show(what)}
        onClick=${() => setOpen(!open)}
      >${text.curl.label}</button>
      <span id=${id} hidden=${!open}>${open && html`<${Curl} requests=${[request].flat()} hint=${hint} />`}</span>
    </span>`;
}

/**
 * Runs one function at a time, and keeps its error. The button of a running function is only marked
 * as disabled (`aria-disabled`), because a disabled button loses the focus.
 */
function useRefusable() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const isRunning = useRef(false);
  const run = async act => {
    if (isRunning.current) {
      return;
    }
    isRunning.current = true;
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (failure) {
      setError(failure);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { busy, error, run };
}

/**
 * A button that sends a request, with the request as curl beside it, and with its refusal below.
 *
 * @param act sends the request; returns a promise
 */
export function Action({ label, request, act, kind = '' }) {
  const { busy, error, run } = useRefusable();
  return html`
    <div class="action">
      <button type="button" class=${kind} aria-disabled=${busy} onClick=${() => run(act)}>${label}</button>
      <${CurlToggle} request=${request} what=${label} />
      <${Refusal} error=${error} />
    </div>`;
}

/**
 * The refusal of a request in the API's own words.
 *
 * @param subject the name of the thing that the request concerned; absent if the place tells it
 * @param besides the places of the request body whose refusals a field shows already
 */
export function Refusal({ error, subject, besides = [], onReload }) {
  if (!error || error.name === 'AbortError') {
    return null;
  }
  const details = error instanceof ApiError ? error.elsewhere(besides) : [];
  return html`
    <div class="notice error" role="alert">
      <p>${subject && html`<bdi>${subject}</bdi>: `}${oneDirection(error.message)}</p>
      ${details.length > 0 && html`<ul>${details.map(detail => html`<li><${Detail} detail=${detail} /></li>`)}</ul>`}
      ${error.status === 412 && onReload &&
      html`<p><button type="button" onClick=${onReload}>${text.errors.changed}</button></p>`}
      ${error.correlationId && html`<p class="hint">${text.errors.correlation(error.correlationId)}</p>`}
    </div>`;
}

/** One detail of a refusal, with a link to the connection or the run that it names. */
function Detail({ detail }) {
  const holder = /by connection '([\w-]{43})'/.exec(detail.message)?.[1];
  const run = /'(https?:[^']*\/[\w-]{43}\/runs\/[\w-]+)'/.exec(detail.message)?.[1];
  return html`${oneDirection(detail.message)}${' '}
    ${holder && (isHere(connectionPlace(holder))
      ? text.errors.holderHere
      : html`<a href=${link(connectionPlace(holder))}>${text.errors.holder}</a>`)}
    ${run && html`<a href=${link(placeOfRun(run))}>${text.errors.run}</a>`}`;
}

/** A labelled input with a hint and the refusals that concern it. `children` is a function of the input's attributes. */
export function Field({ label, hint, refusals = [], children }) {
  const id = useId();
  const described = [hint && `${id}-hint`, refusals.length > 0 && `${id}-error`].filter(Boolean).join(' ');
  const attributes = {
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': refusals.length > 0 ? 'true' : undefined,
  };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${children(attributes)}
      ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
      <${FieldErrors} id="${id}-error" refusals=${refusals} />
    </div>`;
}

/** The refusals that concern one input or a group of inputs. */
export function FieldErrors({ id, refusals }) {
  return refusals.length > 0 && html`
    <div class="field-error" id=${id}>
      ${refusals.map(refusal => html`<p><${Detail} detail=${refusal} /></p>`)}
    </div>`;
}

/**
 * A modal dialog. The browser keeps the focus in it, and returns the focus when it closes.
 *
 * @param closing what the button that closes it says; a cross if it is absent
 * @param keepsInput whether only that button closes it, and not the key Escape
 */
export function Dialog({ title, onClose, closing, keepsInput = false, wide = false, children }) {
  const element = useRef();
  const id = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    announcement.set('');
    dialog.showModal();
    // The browser would begin at the button that closes the dialog.
    dialog.querySelector('input:not([hidden]), select, textarea, .buttons button[type="button"]')?.focus();
    return () => dialog.close();
  }, []);
  const cancelled = event => {
    // A file input within the dialog has an event of the same name, which bubbles.
    if (event.target === event.currentTarget) {
      event.preventDefault();
      if (!keepsInput) {
        onClose();
      }
    }
  };
  // Browsers close a dialog after several keys Escape, although its event is prevented.
  const closed = () => {
    if (element.current && keepsInput) {
      element.current.showModal();
    } else if (element.current) {
      onClose();
    }
  };
  return html`
    <dialog
      ref=${element}
      class=${wide ? 'wide' : ''}
      aria-labelledby=${id}
      onCancel=${cancelled}
      onClose=${closed}
      onKeyDown=${event => keepsInput && event.key === 'Escape' && event.preventDefault()}
    >
      <div class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="quiet" aria-label=${closing ?? text.close} onClick=${onClose}>${closing ?? '×'}</button>
      </div>
      ${children}
      <${Announcements} />
    </dialog>`;
}

/**
 * A form in a dialog, which sends one request.
 *
 * @param request the request of the present input, also shown as curl
 * @param act sends it; the dialog shows its refusal
 * @param besides see Refusal
 * @param children a function of the error
 */
export function FormDialog({ title, submit, request, act, onClose, onReload, besides = [], kind = 'primary', wide, valid = true, children }) {
  const { busy, error, run } = useRefusable();
  const form = useRef();
  useEffect(() => {
    if (error) {
      form.current?.querySelector('[aria-invalid="true"]')?.focus();
    }
  }, [error]);
  const send = event => {
    event.preventDefault();
    event.stopPropagation();
    run(act);
  };
  const reload = onReload && (() => {
    run(onReload);
    // The button that has the focus disappears with the refusal.
    form.current.querySelector('.buttons button').focus();
  });
  return html`
    <${Dialog} title=${title} onClose=${onClose} wide=${wide}>
      <form ref=${form} onSubmit=${send}>
        ${children(error)}
        <${Refusal} error=${error} besides=${besides} onReload=${reload} />
        <div class="buttons">
          <button type="submit" class=${kind} disabled=${!valid} aria-disabled=${busy}>${submit}</button>
          <button type="button" onClick=${onClose}>${text.cancel}</button>
          <${CurlToggle} request=${request} what=${submit} />
        </div>
      </form>
    </${Dialog}>`;
}

/** What a view shows instead of a value that is being loaded or could not be loaded. */
export function Pending({ loaded }) {
  if (loaded.error) {
    return html`
      <${Refusal} error=${loaded.error} />
      <p><button type="button" onClick=${loaded.reload}>${text.retry}</button></p>`;
  }
  return html`<p class="pending" role="status">${text.loading}</p>`;
}

/** The heading of a view. It takes the focus when the view appears, and names the page. */
export function Title({ children, name }) {
  const heading = useRef();
  useEffect(() => {
    document.title = `${name} – ${text.title}`;
  }, [name]);
  useEffect(() => heading.current.focus({ preventScroll: true }), []);
  return html`<h1 ref=${heading} tabindex="-1">${children ?? name}</h1>`;
}
